// Sends what waits in the memory, one after the other and in order, again and again until the server has kept it.

import { words } from "./words.js";

const PAUSES = [1, 2, 4, 8, 15];
const SAY_TIMEOUT = 20_000;
const UPLOAD_SILENCE = 45_000;

// Calls back with: changed(item), progress(item, part), trouble(words), well(), refused(item, words), lost().
export class Sender {
  constructor(memory, on) {
    this.memory = memory;
    this.on = on;
    this.files = new Map();
    this.isRunning = false;
    this.hurry = () => {};
    window.addEventListener("online", () => this.hurry());
  }

  send(item, file) {
    if (file) this.files.set(item.id, file);
    this.memory.add(item);
    this.run();
  }

  // Take up what an earlier visit could not send. A file cannot outlive its visit.
  resume() {
    for (const item of this.memory.own()) {
      if (item.state === "waiting" && item.kind === "file" && !this.files.has(item.id)) {
        this.on.changed(this.memory.change(item.id, { state: "lost" }));
      }
    }
    this.run();
  }

  drop(id) {
    this.files.delete(id);
    this.memory.remove(id);
    if (this.current && this.current.id === id) this.current.abort();
    this.hurry();
  }

  async run() {
    if (this.isRunning) return;
    this.isRunning = true;
    let failures = 0;
    for (let item = this.next(); item; item = this.next()) {
      const { status, body, wait } = await this.attempt(item);
      if (status === 202) {
        failures = 0;
        this.files.delete(item.id);
        this.on.well();
        const kept = this.memory.change(item.id, { state: "sent" });
        if (kept) this.on.changed(kept);
      } else if (body.reload) {
        this.on.lost();
        break;
      } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
        this.files.delete(item.id);
        this.on.well();
        const refused = this.memory.change(item.id, { state: "refused" });
        if (refused) this.on.refused(refused, body.say || words.notUnderstood);
      } else if (this.memory.has(item.id)) {
        this.on.trouble(body.say || words.network);
        const pause = wait || PAUSES[Math.min(failures, PAUSES.length - 1)];
        failures += 1;
        await this.rest(pause * 1000);
      }
    }
    this.isRunning = false;
  }

  next() {
    return this.memory.own().find((item) => item.state === "waiting" && (item.kind !== "file" || this.files.has(item.id)));
  }

  rest(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  attempt(item) {
    return item.kind === "file" ? this.upload(item) : this.say(item);
  }

  // XMLHttpRequest for both: it alone tells how far an upload is.
  request(item, path, headers, body, timeout, onProgress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const done = () => {
        this.current = null;
        resolve({ status: request.status, body: read(request), wait: Number(request.getResponseHeader("Retry-After")) || 0 });
      };
      this.current = { id: item.id, abort: () => request.abort() };
      request.open("POST", path);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.timeout = timeout;
      request.onloadend = done;
      if (onProgress) request.upload.onprogress = (event) => onProgress(event, request);
      request.send(body);
    });
  }

  say(item) {
    const body = { id: item.id };
    if (item.kind === "tap") body.tap = item.tap;
    else if (item.kind === "start") body.start = item.start || true;
    else body.text = item.says || item.text;
    return this.request(item, "chat/say", { "Content-Type": "application/json" }, JSON.stringify(body), SAY_TIMEOUT);
  }

  async upload(item) {
    let silence;
    const watch = (request) => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), UPLOAD_SILENCE);
    };
    const headers = {
      "Content-Type": "application/octet-stream",
      "X-File-Id": item.id,
      "X-File-Name": encodeURIComponent(item.name),
    };
    const answer = await this.request(item, "chat/files", headers, this.files.get(item.id), 0, (event, request) => {
      watch(request);
      this.on.progress(item, event.lengthComputable ? event.loaded / event.total : 0);
    });
    clearTimeout(silence);
    return answer;
  }
}

function read(request) {
  try {
    return JSON.parse(request.responseText) || {};
  } catch {
    return {};
  }
}
