"""How updates leave the fake Telegram: by long polling or to a webhook, each until it is confirmed."""

import asyncio
import json
import re
from contextlib import suppress
from inspect import getmembers, iscoroutinefunction
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram_methods import Methods, Parameters, Refusal, bad, structure

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
FUTURE = 10  # an offset this far ahead is not believed, and the oldest updates are given


class Updates(Methods):
    """Everything the bot may ask for; the part that gives updates stands here."""

    def __init__(self, telegram: "FakeTelegram"):
        super().__init__(telegram)
        self.queue: dict[int, dict[str, Any]] = {}
        self.repeats: list[dict[str, Any]] = []
        self.newest = telegram.first_update_id - 1
        self.allowed: list[str] = []
        self.webhook = ""
        self.webhook_errors: list[str] = []
        self._secret = ""
        self._poll: asyncio.Future[bool] | None = None  # True: something came; False: another poller took over
        self._posting: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def add(self, update: dict[str, Any], kind: str) -> None:
        self.newest = max(self.newest, update["update_id"])
        if not self.allowed or kind in self.allowed:
            self.queue[update["update_id"]] = update
            self.wake()

    def wake(self) -> None:
        if self.webhook:
            self._post_next()
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(True)

    async def getupdates(self, given: Parameters) -> Any:
        if self.webhook:
            raise Refusal(409, WEBHOOK_IS_SET)
        self._allow(given)
        limit = max(1, min(100, int(given.get("limit") or 100)))
        self._forget(int(given.get("offset") or 0))
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
        if not self.queue and not self.repeats and (timeout := int(given.get("timeout") or 0)):
            self._poll = poll = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    if not await poll:
                        raise Refusal(409, OTHER_POLLER)
        repeats, self.repeats = self.repeats, []
        due = (update for _, update in zip(range(limit - len(repeats)), self.queue.values(), strict=False))
        return [*repeats, *due]

    async def setwebhook(self, given: Parameters) -> Any:
        url, secret = str(given.get("url") or ""), str(given.get("secret_token") or "")
        address = urlsplit(url)
        if url and address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        self._allow(given)
        self.webhook, self._secret = url, secret
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
        if given.get("drop_pending_updates") in (True, "true", "True"):
            self.queue.clear()
        self.wake()
        return True

    async def deletewebhook(self, given: Parameters) -> Any:
        return await self.setwebhook({**given, "url": "", "secret_token": ""})

    async def getwebhookinfo(self, given: Parameters) -> Any:
        info = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.queue)}
        return {**info, **({"last_error_message": self.webhook_errors[-1]} if self.webhook_errors else {})}

    async def close(self) -> None:
        for task in list(self._posting.values()):
            task.cancel()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)
        if self._session is not None:
            await self._session.close()

    def _allow(self, given: Parameters) -> None:
        if given.get("allowed_updates") is not None:
            self.allowed = list(structure(given["allowed_updates"]))

    def _forget(self, offset: int) -> None:
        if offset > self.newest + FUTURE:
            return
        if offset < 0:
            offset = self.newest + 1 + offset
        for update_id in [number for number in self.queue if number < offset]:
            update = self.queue.pop(update_id)
            if self.telegram.faults.repeats():
                self.repeats.append(update)

    def _post_next(self) -> None:
        """One update of a chat at a time, many chats at once, as the real server does."""
        for update_id, update in list(self.queue.items()):
            chat = self.telegram.chat_of(update) or 0
            if chat not in self._posting:
                self._posting[chat] = asyncio.create_task(self._post(chat, update_id, update))

    async def _post(self, chat: int, update_id: int, update: dict[str, Any]) -> None:
        self._session = self._session or aiohttp.ClientSession()
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        pause = self.telegram.webhook_pause
        while self.webhook and update_id in self.queue:
            try:
                async with self._session.post(
                    self.webhook, data=json.dumps(update), headers=headers, allow_redirects=False
                ) as response:
                    is_taken = response.status // 100 == 2
                    trouble = "" if is_taken else f"Wrong response from the webhook: {response.status}"
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                trouble = f"Connection failed: {type(error).__name__}"
            if trouble:
                self.webhook_errors.append(trouble)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            elif not self.telegram.faults.repeats():
                self.queue.pop(update_id, None)
        del self._posting[chat]
        if self.webhook:
            self._post_next()


METHODS = frozenset(name for name, member in getmembers(Updates, iscoroutinefunction) if name[0] != "_") - {"close"}
