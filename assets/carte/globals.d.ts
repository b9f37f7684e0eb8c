import type { Carte } from "./carte.js";
import type { Envoi, Message, MessageFocus } from "./messages.js";

declare global {
  /** Colours by what they mean; undefined when /palette.js was not served. */
  var PALETTE: Readonly<Record<string, string>> | undefined;
  interface Window {
    /** Given to the frame of the map by streamlit-folium. */
    Streamlit: { setComponentValue(value: Envoi): void };
    /** What folium, in the frame, and our widgets, on the page around, may ask of the map. */
    CarteCpts: {
      create(id: string): L.Map;
      receive(message: Message): void;
      show(message: MessageFocus): void;
    };
    /** The map, once its modules are there: keys of the page, tests and measures ask it. */
    carte?: Carte;
  }
}
