"""Every conversation the assistant can hold. A new one is a file of its own and one line here."""

from handlers import (
    address,
    again,
    consent,
    drafts,
    erase,
    helped,
    helping,
    join,
    later,
    my_data,
    reference,
    register,
    sure,
    unlink,
)
from handlers.commune import ask_more, dossier, forward, held_back, inviting, lists, officials, receive, release, result
from handlers.editing import approving, clashes, finding, page, writing
from handlers.form import Form
from handlers.matters import acts, answering, asking
from handlers.unanswered import desk

CONVERSATIONS: tuple[Form, ...] = (
    register.FORM,
    drafts.FORM,
    again.WHICH,
    later.FORM,
    helping.BEFORE,
    helping.FORM,
    helped.WHO,
    helped.PAPER,
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
    held_back.FORM,
    held_back.SIGNED,
    ask_more.FORM,
    forward.FORM,
    release.FORM,
    result.FORM,
    officials.PLACES,
    officials.OFFICIALS,
    officials.SURE,
    inviting.FORM,
    asking.FORM,
    *answering.FORMS,
    acts.FORM,
    desk.FORM,
    approving.FORM,
    *finding.FORMS,
    page.FORM,
    writing.FORM,
    clashes.FORM,
)
