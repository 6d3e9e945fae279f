"""`run`: open the database and the house, serve until told to stop, and stop within ten seconds."""

import asyncio
import gc
import logging
import signal
import socket

import uvicorn

from bot.house import House
from bot.logs import set_up_logs
from bot.server import make_app
from bot.settings import Settings
from bot.trial import Trial
from storage.lock import StoreInUse
from storage.migrate import migrate
from storage.store import Store

log = logging.getLogger(__name__)

STOP_SECONDS = 8


class CannotStart(Exception):
    """One sentence for the operator."""


def run(settings: Settings) -> None:
    """Serve every channel that is set up until SIGTERM or Ctrl-C. Raises CannotStart, StoreInUse."""
    set_up_logs(settings.secrets(), settings.timezone)
    listening = _listen(settings.host, settings.port)
    store = _open(settings.database_url)
    try:
        with asyncio.Runner(loop_factory=_loop) as runner:
            runner.run(_serve(settings, store, listening))
    finally:
        store.close()
        listening.close()


def _open(database_url: str) -> Store:
    try:
        migrate(database_url)
        return Store(database_url)
    except StoreInUse:
        raise
    except Exception as error:
        log.error("the database cannot be opened", exc_info=error)
        raise CannotStart(
            f"Cơ sở dữ liệu chưa vào được ({type(error).__name__}). Xem lại DATABASE_URL, rồi chạy lại; "
            "dòng ngay trên nói rõ hơn."
        ) from None


def _loop() -> asyncio.AbstractEventLoop:
    import uvloop

    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def _listen(host: str, port: int) -> socket.socket:
    """The socket first: who cannot have it should hear so before anything else is touched."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CannotStart(
            f"Cổng {port} trên {host} chưa dùng được ({error.strerror}). "
            "Có thể trợ lý đang chạy ở cửa sổ khác; nếu không, đổi PORT trong .env."
        ) from None


async def _serve(settings: Settings, store: Store, listening: socket.socket) -> None:
    trial = Trial(settings)
    house = House(settings, store, trial.switch)
    server = uvicorn.Server(
        uvicorn.Config(
            make_app(house, trial),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=30,
            timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=64 * 1024,
        )
    )
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await house.open()
    gc.freeze()  # what stands by now stays; walking all of it would stop everybody for a tenth of a second now and then
    serving = asyncio.create_task(server._serve([listening]))  # `serve` would take the signals to itself
    log.info("serving at %s, channels: %s", settings.public_url, ", ".join(d.channel.name for d in house.desks))
    await asyncio.wait({serving, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await asyncio.gather(house.close(), trial.close())
            server.should_exit = True
            await serving
    except TimeoutError:
        log.warning("not everything was finished in %s s; it is in the database and goes on next time", STOP_SECONDS)
    log.info("stopped")
