"""What the figures are compared with: a bot as python-telegram-bot's own examples show it.

It answers every message with a question and three buttons, keeps how far each person is in a dict, and forgets all of
it when it stops.
"""

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

LABELS = ("Hợp tác xã", "Tổ hợp tác", "Hộ có đăng ký kinh doanh")


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert context.user_data is not None
    number = context.user_data["number"] = context.user_data.get("number", 0) + 1
    buttons = [[InlineKeyboardButton(label, callback_data=f"{number}:kind:{n}")] for n, label in enumerate(LABELS)]
    await update.message.reply_text(
        f"✅ {update.message.text}.\nCâu {number}. Cơ sở thuộc loại nào?", reply_markup=InlineKeyboardMarkup(buttons)
    )


def main() -> None:
    url = os.environ["TELEGRAM_API_URL"]
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    application = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    application.add_handler(MessageHandler(filters.ALL, answer))
    application.run_polling()


if __name__ == "__main__":
    main()
