// Hears what the assistant says, and comes back by itself when the connection was lost.

const PAUSES = [1, 2, 4, 8, 15];
const FULL_HOUSE = 15;
const SILENCE = 50_000; // two heartbeats and a little
const HIDDEN = 60_000;
const NOTICEABLE = 3_000;

// Calls back with: message(message), ready({earlier}), broken(), mended(), over(why).
export class Listener {
  constructor(on) {
    this.on = on;
    this.seen = null;
    this.failures = 0;
    window.addEventListener("online", () => this.comeBack());
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.hiding);
      // A page nobody looks at need not keep a phone's radio awake.
      if (document.hidden) this.hiding = setTimeout(() => this.close(), HIDDEN);
      else this.comeBack();
    });
  }

  open() {
    this.hush();
    const source = new EventSource("chat/events" + (this.seen === null ? "" : "?after=" + this.seen));
    this.source = source;
    const hear = (kind, then) =>
      source.addEventListener(kind, (event) => {
        this.alive();
        then(JSON.parse(event.data));
      });
    hear("message", (message) => {
      this.seen = message.id;
      this.on.message(message);
    });
    hear("ready", (state) => {
      if (this.seen === null) this.seen = 0;
      this.on.ready(state);
    });
    hear("beat", () => {});
    hear("over", ({ why }) => {
      if (why === "stopping") {
        this.fail();
        return;
      }
      this.close();
      if (why === "full") this.again(FULL_HOUSE);
      else this.on.over(why);
    });
    source.onerror = () => this.fail();
    this.watch();
  }

  close() {
    this.hush();
    this.notice(false);
  }

  hush() {
    clearTimeout(this.waiting);
    clearTimeout(this.watching);
    if (this.source) this.source.close();
    this.source = null;
  }

  // Open again at once, unless the stream is surely alive.
  comeBack() {
    if (!this.source || Date.now() - this.heard > SILENCE / 2) {
      this.failures = 0;
      this.open();
    }
  }

  // Somebody has spoken and expects an answer.
  expect() {
    if (!this.source) this.open();
  }

  alive() {
    this.heard = Date.now();
    this.failures = 0;
    this.notice(false);
    this.on.mended();
    this.watch();
  }

  watch() {
    clearTimeout(this.watching);
    this.watching = setTimeout(() => this.fail(), SILENCE);
  }

  fail() {
    this.hush();
    this.notice(true);
    const pause = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    this.again(pause);
  }

  // A break that is over in a moment is not worth a word.
  notice(isBroken) {
    if (isBroken && this.noticing) return;
    clearTimeout(this.noticing);
    this.noticing = isBroken ? setTimeout(() => this.on.broken(), NOTICEABLE) : null;
  }

  // Pages that lost the same server do not all come back in the same instant.
  again(seconds) {
    this.waiting = setTimeout(() => this.open(), seconds * (500 + Math.random() * 1000));
  }
}
