// What this browser keeps: the person's own bubbles, since the server forgets their words once they are answered.
//
// An item is {id, after, kind, state, text, …}. `after` is the message it follows, so a reload draws the same talk.
// Items still "waiting" are the queue of what has to be sent. Everything goes at log-out, or when the chat is another.

// The page may stand at several paths of one site: each path has its own talk, all have the same size of letters.
const TALK = "ocop-talk " + location.pathname;
const DRAFT = "ocop-draft " + location.pathname;
const SIZE = "ocop-size";
const MOST = 200;
const MOST_PICTURES = 30;

function get(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function set(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

export class Memory {
  constructor(chat) {
    this.chat = chat;
    this.items = [];
    this.readAgain();
  }

  own() {
    return this.items;
  }

  has(id) {
    return this.items.some((item) => item.id === id);
  }

  add(item) {
    this.write([...this.items, item]);
  }

  change(id, fields) {
    const item = this.items.find((each) => each.id === id);
    if (item) Object.assign(item, fields);
    this.write(this.items);
    return item;
  }

  remove(id) {
    this.write(this.items.filter((item) => item.id !== id));
  }

  forget() {
    this.items = [];
    set("localStorage", TALK, null);
    set("sessionStorage", DRAFT, null);
  }

  // Another tab wrote. Gives false when the chat is no longer this one: the person logged out there.
  readAgain() {
    const text = get("localStorage", TALK);
    const kept = parsed(text);
    if (kept.chat !== this.chat) return false;
    this.items = kept.items;
    return true;
  }

  write(items) {
    const surplus = items.length - MOST;
    this.items = surplus > 0 ? items.filter((item, place) => place >= surplus || item.state === "waiting") : items;
    const pictured = this.items.filter((item) => item.thumb);
    for (const item of pictured.slice(0, -MOST_PICTURES)) delete item.thumb;
    const text = () => JSON.stringify({ chat: this.chat, items: this.items });
    if (set("localStorage", TALK, text())) return;
    // No room: the words matter more than the little pictures.
    for (const item of pictured) delete item.thumb;
    set("localStorage", TALK, text());
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) || {};
  } catch {
    return {};
  }
}

export const isOfTalk = (event) => event.key === TALK || event.key === null;

export const draft = {
  get: () => get("sessionStorage", DRAFT) || "",
  set: (text) => set("sessionStorage", DRAFT, text || null),
};

export const size = {
  get: () => get("localStorage", SIZE) || "1",
  set: (value) => set("localStorage", SIZE, value),
};

// True at most once a minute, so that a page which opens itself again does not do so for ever.
export function mayReload() {
  const last = Number(get("sessionStorage", "ocop-reload"));
  return Date.now() - last > 60_000 && set("sessionStorage", "ocop-reload", String(Date.now()));
}

// An id nobody else has. crypto.randomUUID is missing on plain http.
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
