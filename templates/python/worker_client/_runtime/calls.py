"""The calls that a client makes, from their arguments to their result."""

import json
from typing import Final

from .answers import read_job, read_status
from .call import Call, Pause
from .core import Core
from .errors import ConfigurationError
from .failures import timeout_error
from .ids import new_idempotency_key, path_segment
from .options import CALL_NAMES, SEND_NAMES, CallOptions, CheckedOptions, SendOptions, check_options
from .payload import encode_payload
from .responses import JobResponse, JobStatus
from .retry_after import parse_retry_after
from .secrets import Headers
from .steps import Steps, invoke
from .tries import Tries
from .validate import accepted, is_refusal, refuse, validator_of
from .wire import Address, Reply, WireError

_KEY_HEADER: Final = "Idempotency-Key"


def enqueue(
    core: Core,
    message_type: str,
    payload: object,
    options: SendOptions,
    *,
    pause: Pause | None = None,
) -> Steps[JobResponse]:
    """
    Enqueues one message.

    :param pause: of the batch that the message belongs to
    """
    started = core.clock()
    checked = check_options(options, core.settings, names=SEND_NAMES)
    if checked.job_options is not None and not core.about.job_options:
        raise ConfigurationError("job_options: the backend of this client takes none")
    segment = path_segment(message_type, "the message type")
    shown = payload if core.settings.log_bodies else None
    payload = yield from _validate(core, message_type, payload, checked, started)
    body = encode_payload(payload, checked.default or core.default)
    del payload
    headers = _headers(core, checked)
    if headers.find("Content-Type") is None:
        headers["Content-Type"] = "application/json"
    headers["Content-Length"] = str(len(body))
    own_key = checked.idempotency_key or headers.find(_KEY_HEADER)
    idempotency = core.settings.idempotency
    if own_key is not None or not (idempotency == "off" or _is_given(_KEY_HEADER, core, checked)):
        headers.put(_KEY_HEADER, own_key or new_idempotency_key())
    call = Call(
        method="POST",
        address=_address(core, segment),
        headers=headers,
        body=body,
        needs_key=not _is_given("Authorization", core, checked),
        is_key_in_force=own_key is not None or idempotency == "server",
        started=started,
        timeout=checked.timeout,
        max_retries=checked.max_retries,
        message_type=str.__str__(message_type),
        payload=shown,
        pause=pause,
    )
    return (yield from Tries(core, call).run(lambda reply: read_job(reply, str.__str__(message_type))))


def fetch_status(core: Core, job_id: str, options: CallOptions) -> Steps[JobStatus]:
    """Asks how a job is doing."""
    status, _ = yield from ask_for_status(core, job_id, check_options(options, core.settings, names=CALL_NAMES))
    return status


def ask_for_status(core: Core, job_id: str, options: CheckedOptions) -> Steps[tuple[JobStatus, float | None]]:
    """Asks how a job is doing, and hears how many seconds the backend would wait until it is asked again."""
    call = Call(
        method="GET",
        address=_address(core, path_segment(job_id, "the job id")),
        headers=_headers(core, options),
        body=None,
        needs_key=not _is_given("Authorization", core, options),
        is_key_in_force=False,
        started=core.clock(),
        timeout=options.timeout,
        max_retries=options.max_retries,
        job_id=job_id,
    )

    def read(reply: Reply) -> tuple[JobStatus, float | None]:
        return read_status(reply, job_id), parse_retry_after(reply.headers, core.today())

    return (yield from Tries(core, call).run(read))


def _address(core: Core, segment: str) -> Address:
    base = core.settings.base
    return Address(base.scheme, base.host, base.port, f"{base.target}/api/jobs/{segment}")


def _headers(core: Core, options: CheckedOptions) -> Headers:
    headers = Headers(core.base_headers)
    headers.put("X-Job-Options", options.job_options)
    for given in (core.settings.headers, options.headers):
        for name, value in given.items():
            headers.put(name, value)
    return headers


def _is_given(header: str, core: Core, options: CheckedOptions) -> bool:
    """Whether the caller sets a header, or takes it out."""
    given = (core.settings.headers, options.headers)
    return any(name.lower() == header.lower() for headers in given for name in headers)


def _validate(core: Core, message_type: str, payload: object, options: CheckedOptions, started: float) -> Steps[object]:
    """The payload as it is to be sent."""
    validate = core.validate if options.validate is None else options.validate
    validator = validator_of(validate)
    if validator is None:
        return payload
    # A schema speaks of JSON: of a list, not of a tuple, and of what default= makes of a datetime.
    subject = json.loads(encode_payload(payload, options.default or core.default)) if validate is True else payload
    try:
        answer = yield from invoke(validator, message_type, subject, ends_at=started + options.timeout)
    except WireError:
        raise timeout_error("connect", options.timeout) from None
    except Exception as error:
        if not is_refusal(error):
            raise
        raise refuse(message_type, error) from None
    return accepted(message_type, payload, answer)
