/**
 * The JSON that our server answers at this address.
 *
 * @param {string} url
 * @returns {Promise<any>} of the shape that the route promises: see messages.js
 */
export async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}
