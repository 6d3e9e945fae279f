// The page: joins what is drawn, sent, heard and kept.

import { Listener } from "./listening.js";
import { Memory, draft, isOfTalk, mayReload, newId, size } from "./memory.js";
import { prepare } from "./photo.js";
import { Sender } from "./sending.js";
import { View, make } from "./view.js";
import { sizeInWords, words } from "./words.js";

const MOST_BYTES = 20 * 1024 * 1024;
const FIRST_START = "first-start"; // the same in every tab, so that one person is welcomed once

const $ = (id) => document.getElementById(id);
const memory = new Memory(document.body.dataset.chat);
const opening = []; // messages heard before `ready`, drawn together
const drawn = new Set(); // own bubbles that stand in the talk
let isOpen = false;
let isOnTheLine = false; // what is typed goes to another person, and the bot will not answer it
let newest = 0; // the newest message that stands in the talk

const view = new View({
  tap(choice, byKey) {
    say({ kind: "tap", tap: choice.tap, text: choice.label });
    // The touched button is gone; a keyboard stays in the talk, a phone keeps its keyboard closed.
    if (byKey) $("log").focus();
  },
  attach: (input) => $(input).click(),
  stop(item) {
    sender.drop(item.id);
    view.remove(item);
    drawn.delete(item.id);
    view.dots(false);
  },
});

const sender = new Sender(memory, {
  changed: (item) => view.changed(item),
  progress: (item, part) => view.progress(item, part),
  trouble(text) {
    bar.sending = text;
    view.dots(false);
    bar.show();
  },
  well() {
    bar.sending = "";
    bar.show();
    listener.expect();
  },
  refused(item, text) {
    view.changed(item);
    view.dots(false);
    view.note(text);
    if (item.kind === "text" && !$("text").value) write(item.text);
  },
  lost: openAgain,
});

const listener = new Listener({
  message(message) {
    if (!isOpen) opening.push(message);
    else hear(message);
  },
  ready({ earlier }) {
    if (!isOpen) open(earlier);
  },
  broken() {
    bar.listening = words.reconnecting;
    bar.show();
  },
  mended() {
    bar.listening = "";
    bar.show();
  },
  over(why) {
    if (why === "gone") openAgain();
    else if (why === "left") startAnew();
    else bar.offer(words.elsewhere, words.useHere, () => listener.open());
  },
});

const bar = {
  sending: "",
  listening: "",
  show() {
    const text = this.sending || this.listening;
    if ($("bar").textContent !== text) $("bar").textContent = text;
  },
  offer(text, label, then) {
    const button = make("button", "", label);
    button.type = "button";
    button.addEventListener("click", () => {
      $("bar").replaceChildren();
      then();
    });
    $("bar").replaceChildren(text + " ", button);
  },
};

// Draw the talk as it was left: what the assistant said, and the person's own words in between.
function open(isCut) {
  isOpen = true;
  const first = isCut && opening.length ? opening[0].id : 0;
  for (const item of memory.own()) if (item.after < first) drawn.add(item.id);
  opening.forEach(hear);
  drawOwn();
  view.opened();
  welcome();
  sender.resume();
}

function welcome() {
  const payload = new URLSearchParams(location.search).get("start");
  if (payload) {
    history.replaceState(null, "", location.pathname);
    say({ kind: "start", start: payload });
  } else if (!newest && !memory.own().length) {
    say({ kind: "start", id: FIRST_START });
  }
}

function hear(message) {
  if (message.id <= newest) return;
  drawOwn(message.id);
  newest = message.id;
  view.dots(false);
  view.message(message);
  isOnTheLine = message.wants === "line";
  $("text").autocomplete = message.wants === "phone" ? "tel" : "off";
}

function drawOwn(before = Infinity) {
  for (const item of memory.own()) {
    if (item.after >= before || drawn.has(item.id)) continue;
    drawn.add(item.id);
    if (item.kind !== "start") view.own(item);
  }
}

function say(fields, file) {
  const item = { id: newId(), after: newest, state: "waiting", isForPerson: isOnTheLine, ...fields };
  sender.send(item, file);
  drawOwn();
  view.dots(!isOnTheLine);
}

function openAgain() {
  // The words not sent yet are put back where they were typed: the new page may be of another chat.
  const unsent = memory.own().filter((item) => item.state === "waiting" && item.kind === "text");
  draft.set([...unsent.map((item) => item.text), $("text").value].filter(Boolean).join("\n"));
  if (mayReload()) location.reload();
  else {
    bar.sending = words.cookies;
    bar.show();
  }
}

// Somebody logged out in another tab: that one gets rid of the cookie first, and opens the new chat for both.
function startAnew() {
  setTimeout(() => location.replace(location.pathname), 1000);
}

window.addEventListener("storage", (event) => {
  if (!isOfTalk(event)) return;
  if (!memory.readAgain()) startAnew();
  else if (isOpen) {
    drawOwn();
    memory.own().forEach((item) => view.changed(item));
  }
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

// typing

function fit() {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight + 3}px`;
}

function write(text) {
  $("text").value = text;
  draft.set(text);
  fit();
}

function submit() {
  const text = $("text").value.trim();
  if (!text) return;
  write("");
  say({ kind: "text", text });
}

let isShifted = false;
$("text").addEventListener("input", () => {
  draft.set($("text").value);
  fit();
});
$("text").addEventListener("keydown", (event) => {
  isShifted = event.shiftKey;
  // Vietnamese is typed through an input method: its own Enter ends a word, not the message.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
$("text").addEventListener("beforeinput", (event) => {
  // Phones' keyboards often hide which key it was.
  if (event.inputType !== "insertLineBreak" || isShifted || event.isComposing) return;
  event.preventDefault();
  submit();
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  $("text").focus();
});
document.addEventListener("keydown", (event) => {
  const isFree = !event.target.closest("textarea, input, dialog") && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isFree && event.key.length === 1 && event.key !== " ") $("text").focus();
  if (event.key === "Escape") closeFolds();
});

// photos and files

let chosen = null;

async function choose(file) {
  if (!file) return;
  $("preview").hidden = false;
  $("pictured").replaceChildren();
  $("described").textContent = words.preparing;
  $("send-file").disabled = true;
  const ready = await prepare(file);
  const weight = sizeInWords(ready.blob.size);
  chosen = ready.blob.size <= MOST_BYTES ? ready : null;
  $("send-file").disabled = !chosen;
  $("described").textContent = chosen
    ? [ready.name, weight].filter(Boolean).join(" · ")
    : words.tooBig(weight, sizeInWords(20_000_000));
  if (ready.thumb) {
    const image = make("img");
    image.alt = words.photo;
    image.src = URL.createObjectURL(ready.blob);
    image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
    $("pictured").replaceChildren(image);
  }
  $("send-file").focus();
}

function closePreview() {
  chosen = null;
  $("preview").hidden = true;
  $("pictured").replaceChildren();
}

for (const input of [$("camera"), $("files")]) {
  input.addEventListener("change", () => {
    choose(input.files[0]);
    input.value = ""; // the same photo may be chosen again
  });
}
$("take-photo").addEventListener("click", () => $("camera").click());
$("choose-file").addEventListener("click", () => $("files").click());
$("drop").addEventListener("click", closePreview);
$("send-file").addEventListener("click", () => {
  if (!chosen) return;
  const { blob, name, thumb, width, height } = chosen;
  closePreview();
  say({ kind: "file", name, size: blob.size, thumb, width, height }, blob);
});
$("text").addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) {
    event.preventDefault();
    choose(event.clipboardData.files[0]);
  }
});

// the menu

function closeFolds(except) {
  for (const fold of document.querySelectorAll(".fold[open]")) {
    if (fold === except) continue;
    if (fold.contains(document.activeElement)) fold.querySelector("summary").focus();
    fold.open = false;
  }
}

document.addEventListener("click", (event) => {
  const fold = event.target.closest(".fold");
  const isDone = fold && event.target.closest(".panel > button");
  closeFolds(isDone ? null : fold);
});
$("home").addEventListener("click", () => say({ kind: "text", text: words.home, says: "menu" }));

function setSize(value) {
  document.documentElement.dataset.size = value;
  for (const button of document.querySelectorAll("[data-size]")) {
    if (button.tagName === "BUTTON") button.setAttribute("aria-pressed", String(button.dataset.size === value));
  }
  fit();
}
for (const button of document.querySelectorAll("button[data-size]")) {
  button.addEventListener("click", () => {
    size.set(button.dataset.size);
    setSize(button.dataset.size);
  });
}

$("leave").addEventListener("click", () => {
  $("leaving-trouble").textContent = "";
  $("leaving").showModal();
});
$("stay").addEventListener("click", () => $("leaving").close());
$("leave-now").addEventListener("click", async () => {
  listener.close();
  try {
    const answer = await fetch("chat/leave", { method: "POST" });
    if (answer.status !== 204 && answer.status !== 403) throw new Error(String(answer.status));
  } catch {
    $("leaving-trouble").textContent = words.notLeft;
    listener.open();
    return;
  }
  memory.forget();
  location.replace(location.pathname);
});

// Where the browser does not make the page smaller for the keyboard (iPhones), we do.
if (window.visualViewport) {
  visualViewport.addEventListener("resize", () => {
    if (visualViewport.scale === 1) document.documentElement.style.setProperty("--visible", `${visualViewport.height}px`);
  });
}

setSize(size.get());
write(draft.get());
listener.open();
if (matchMedia("(hover: hover) and (pointer: fine)").matches) $("text").focus();
