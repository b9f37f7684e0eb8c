interface Window {
  /** Keys of the page are listened to once, however many times the component is mounted. */
  raccourcisCpts?: boolean;
}
