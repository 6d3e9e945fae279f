"""What another process may ask of the fake Telegram, under /control/.

GET stats · POST faults {"bad_gateway": 0.02, …} · POST updates [{…}, …] · GET sent?chat=&after= ·
POST people/{id}/{verb} {"name": …, "args": […], "options": {…}}, where bytes travel as {"base64": …}.
"""

import base64
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.telegram_people import Person, Sent

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram


async def control(telegram: "FakeTelegram", request: web.BaseRequest) -> web.StreamResponse:
    """Answer one request under /control/."""
    match request.path.removeprefix("/control/").split("/"):
        case ["stats"]:
            return web.json_response(_stats(telegram))
        case ["faults"]:
            for name, fraction in (await request.json()).items():
                setattr(telegram.faults, name, fraction)
            return web.json_response(vars(telegram.faults)["happened"])
        case ["updates"]:
            for update in await request.json():
                telegram.push_raw(update)
            return web.json_response(True)
        case ["sent"]:
            chat, after = int(request.query["chat"]), int(request.query.get("after", 0))
            return web.json_response([sent.as_json() for sent in telegram.sent[chat] if sent.message_id > after])
        case ["people", number, verb] if not verb.startswith("_"):
            body = await request.json()
            person = telegram.person(int(number), body["name"])
            return await _do(person, verb, body)
    return web.json_response({"error": "no such control"}, status=404)


async def _do(person: Person, verb: str, body: dict[str, Any]) -> web.Response:
    args = [base64.b64decode(arg["base64"]) if isinstance(arg, dict) else arg for arg in body["args"]]
    try:
        result = await getattr(person, verb)(*args, **body["options"])
    except (AssertionError, TimeoutError) as error:
        return web.json_response({"error": str(error) or "heard nothing in time"}, status=409)
    return web.json_response(result.as_json() if isinstance(result, Sent) else result)


def _stats(telegram: "FakeTelegram") -> dict[str, Any]:
    times = sorted(telegram.answer_times)
    return {
        "calls": dict(telegram.calls),
        "pending": len(telegram.updates.queue),
        "faults": dict(telegram.faults.happened),
        "answers": len(times),
        "p50": times[len(times) // 2] if times else None,
        "p99": times[len(times) * 99 // 100] if times else None,
    }
