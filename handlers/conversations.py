"""Every conversation the assistant can hold. A new one is a file of its own and one line here."""

from handlers import address, consent, drafts, erase, join, my_data, reference, register, sure, unlink
from handlers.commune import ask_more, dossier, forward, inviting, lists, officials, receive, result
from handlers.form import Form
from handlers.matters import acts, answering, asking

CONVERSATIONS: tuple[Form, ...] = (
    register.FORM,
    drafts.FORM,
    consent.FORM,
    my_data.FORM,
    address.FORM,
    sure.FORM,
    erase.FORM,
    join.FORM,
    unlink.FORM,
    *lists.FORMS,
    reference.FORM,
    dossier.FORM,
    receive.FORM,
    ask_more.FORM,
    forward.FORM,
    result.FORM,
    officials.PLACES,
    officials.OFFICIALS,
    officials.SURE,
    inviting.FORM,
    asking.FORM,
    *answering.FORMS,
    acts.FORM,
)
