// Draws the talk: bubbles, choices, dots, and where the reader stands in it.

import { sizeInWords, words } from "./words.js";

const NEAR = 90;
const AIR = 12;
const A_SCREEN = 0.8; // the last lines read stay in sight
const SLOW = 20_000;
const LATE = 1_500;
const ADDRESS = /https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)]/g;

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// Addresses in the text become links; nothing in it is ever read as HTML.
function linked(element, text) {
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    element.append(text.slice(end, found.index));
    const link = make("a", "", found[0]);
    link.href = found[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    element.append(link);
    end = found.index + found[0].length;
  }
  element.append(text.slice(end));
}

function download(file) {
  const link = make("a", "file", `${words.download} ${file.name}`);
  link.href = file.href;
  link.download = file.name;
  return link;
}

export class View {
  // `on`: tap(choice, byKey), attach(kind), again(item), stop(item)
  constructor(on) {
    this.on = on;
    this.log = document.getElementById("log");
    this.dotsLine = document.getElementById("dots");
    this.slowLine = document.getElementById("slow");
    this.newer = document.getElementById("newer");
    this.bubbles = new Map();
    this.offers = null;
    this.isFollowing = true;
    this.isFresh = false; // what was there at the opening does not rise into view
    this.firstUnread = null;
    this.height = 0;
    this.log.addEventListener("scroll", () => {
      // A keyboard that opens moves the end away; the reader has not moved.
      if (this.log.clientHeight !== this.height) return;
      this.isFollowing = this.rest() < NEAR;
      if (this.isFollowing) this.newer.hidden = true;
    });
    this.newer.addEventListener("click", () => {
      if (this.newer.textContent === words.more) this.log.scrollBy(0, this.log.clientHeight * A_SCREEN);
      else this.toEnd();
    });
    new ResizeObserver(() => {
      this.height = this.log.clientHeight;
      if (this.isFollowing) this.toEnd();
    }).observe(this.log);
  }

  opened() {
    document.getElementById("opening").hidden = true;
    this.log.setAttribute("aria-busy", "false");
    this.isFresh = true;
    this.firstUnread = null;
    this.toEnd();
  }

  message(message) {
    const wasFollowing = this.isFollowing;
    const row = this.row(words.bot);
    const bubble = row.querySelector(".bubble");
    if (message.document) {
      // A file belongs to the words before it, whose choices stay.
      bubble.append(download(message.document));
      this.log.insertBefore(row, this.offers || this.dotsLine);
    } else {
      this.closeOffers();
      linked(bubble, message.text);
      this.place(row);
      this.offer(message);
    }
    this.firstUnread = this.firstUnread || row;
    if (!this.isFresh) return;
    if (wasFollowing) this.toUnread();
    else this.beckon(words.newer);
  }

  own(item) {
    this.closeOffers();
    const row = this.row(words.person, "mine");
    const bubble = row.querySelector(".bubble");
    if (item.kind === "file") this.drawFile(bubble, item);
    else bubble.append(item.text);
    this.bubbles.set(item.id, row);
    row.append(make("p", "state"));
    this.place(row);
    this.changed(item);
    this.firstUnread = null;
    if (this.isFresh) this.toEnd();
  }

  changed(item) {
    const row = this.bubbles.get(item.id);
    if (!row) return;
    const state = row.querySelector(".state");
    clearTimeout(row.lateness);
    // The bot's answer tells that words have arrived; where a person reads along, it gives none.
    const sent = item.isForPerson ? words.sent : "";
    state.textContent = { refused: words.refused, lost: words.lostFile, sent }[item.state] || "";
    if (item.state !== "waiting") return;
    if (item.kind !== "file") {
      // Mostly it is sent before anybody could read that it is being sent.
      row.lateness = setTimeout(() => {
        state.textContent = words.sending;
        if (this.isFollowing) this.toEnd();
      }, LATE);
    } else {
      const bar = make("progress");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", words.sending);
      const stop = make("button", "", words.stop);
      stop.type = "button";
      stop.addEventListener("click", () => this.on.stop(item));
      state.append(bar, stop);
    }
  }

  progress(item, part) {
    const row = this.bubbles.get(item.id);
    const bar = row && row.querySelector("progress");
    if (bar) bar.value = part;
  }

  remove(item) {
    const row = this.bubbles.get(item.id);
    if (row) row.remove();
    this.bubbles.delete(item.id);
  }

  note(text) {
    this.place(make("p", "note", text));
    this.toEnd();
  }

  // While the person waits: dots, and after a while a word instead of silence.
  dots(isWaiting) {
    clearTimeout(this.slowTimer);
    this.dotsLine.hidden = !isWaiting;
    this.slowLine.hidden = true;
    if (!isWaiting) return;
    if (this.isFollowing) this.toEnd();
    this.slowTimer = setTimeout(() => {
      this.dotsLine.hidden = true;
      this.slowLine.textContent = words.slow;
      this.slowLine.hidden = false;
      if (this.isFollowing) this.toEnd();
    }, SLOW);
  }

  closeOffers() {
    if (this.offers) this.offers.remove();
    this.offers = null;
  }

  offer(message) {
    const group = make("div", "offers");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.choices);
    const add = (className, label, then) => {
      const button = make("button", "offer " + className);
      button.type = "button";
      button.append(label);
      button.addEventListener("click", (event) => then(event.detail === 0));
      group.append(button);
      return button;
    };
    if (message.wants === "photo") {
      add("strong middle touch-only", words.takePhoto, () => this.on.attach("camera"));
      add("middle", words.choosePhoto, () => this.on.attach("files"));
    } else if (message.wants === "file") {
      add("middle", words.chooseFile, () => this.on.attach("files"));
    }
    const asides = message.choices.filter((choice) => choice.number === "0" || choice.number === "9");
    for (const choice of message.choices) {
      const isAside = asides.includes(choice);
      const className = isAside ? (asides.length === 2 ? "aside half" : "aside") : "";
      const button = add(className, "", (byKey) => this.on.tap(choice, byKey));
      if (choice.number) button.append(make("span", "number", choice.number), " ");
      button.append(make("span", "", choice.label));
    }
    if (!group.children.length) return;
    this.offers = group;
    this.place(group);
  }

  row(speaker, side = "") {
    const row = make("div", `row ${side} ${this.isFresh ? "fresh" : ""}`);
    const bubble = make("div", "bubble");
    bubble.append(make("span", "spoken", speaker));
    row.append(bubble);
    return row;
  }

  drawFile(bubble, item) {
    bubble.classList.add("of-file");
    if (item.thumb) {
      const image = make("img");
      image.alt = words.photo;
      image.width = item.width;
      image.height = item.height;
      image.src = item.thumb;
      bubble.append(image);
    } else {
      bubble.append(make("span", "", `${item.name || words.photo} (${sizeInWords(item.size)})`));
    }
  }

  place(element) {
    this.log.insertBefore(element, this.dotsLine);
  }

  rest() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.isFollowing = true;
    this.newer.hidden = true;
  }

  // To the end, but never past the beginning of what has not been read yet.
  toUnread() {
    const top = this.firstUnread.offsetTop - this.log.offsetTop - AIR;
    this.log.scrollTop = Math.min(top, this.log.scrollHeight);
    this.isFollowing = this.rest() < NEAR;
    if (!this.isFollowing) this.beckon(words.more);
  }

  // There is something below; a reader new to phones does not look for it unasked.
  beckon(text) {
    this.newer.textContent = text;
    this.newer.hidden = false;
  }
}
