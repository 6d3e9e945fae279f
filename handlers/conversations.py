"""Every conversation the assistant can hold. A new one is a file of its own and one line here."""

from handlers import drafts, register
from handlers.form import Form

CONVERSATIONS: tuple[Form, ...] = (register.FORM, drafts.FORM)
