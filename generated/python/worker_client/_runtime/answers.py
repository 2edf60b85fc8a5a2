"""Reads a success answer: a job, the status of a job, or the error that says why it is neither."""

import json
from collections.abc import Mapping
from typing import NoReturn

from .errors import JobRejectedError, ResponseError
from .http_errors import SNIPPET_LENGTH, one_line, text_of
from .json_values import as_object, as_text, member
from .responses import JobResponse, JobStatus, with_raw
from .wire import Reply


def read_job(reply: Reply, message_type: str) -> JobResponse:
    """The job that was enqueued."""
    answer = _read_object(reply)
    if answer.get("success") is False:
        told = (answer.get("error"), member(answer.get("error"), "message"), answer.get("message"))
        why = next((one_line(text) for text in map(as_text, told) if text is not None), "")
        _refuse(reply, f"the backend rejected the job{': ' if why else ''}{why}", rejected=True)
    job_id = _read_id(answer)
    if job_id is None:
        _refuse(reply, "the answer has no jobId")
    job = JobResponse(
        success=True,
        job_id=job_id,
        message_name=_text(answer.get("messageName"), message_type),
        queue=_text(answer.get("queue"), ""),
    )
    return with_raw(job, answer)


def read_status(reply: Reply, job_id: str) -> JobStatus:
    """How a job is doing."""
    answer = _read_object(reply)
    state = answer.get("state")
    if not isinstance(state, str):
        _refuse(reply, "the answer has no state")
    timestamp = answer.get("timestamp")
    status = JobStatus(
        job_id=_read_id(answer) or job_id,
        name=_text(answer.get("name"), ""),
        queue=_text(answer.get("queue"), ""),
        state=state,
        data=answer.get("data"),
        returnvalue=answer.get("returnvalue"),
        progress=answer.get("progress"),
        timestamp=int(timestamp) if isinstance(timestamp, (int, float)) else 0,
    )
    return with_raw(status, answer)


def _read_object(reply: Reply) -> Mapping[str, object]:
    if reply.is_too_large:
        _refuse(reply, "the answer is longer than max_response_bytes")
    if reply.body.strip() == b"":
        _refuse(reply, "the answer is empty")
    answer = parse_json(reply.body)
    if answer is None:
        _refuse(reply, f"the answer is no JSON but {reply.headers.get('content-type', 'of no content type')}")
    members = as_object(answer)
    if members is None:
        _refuse(reply, "the answer is JSON, but no object")
    return members


def parse_json(body: bytes) -> object:
    """JSON by its content, whatever its content type says; ``None`` for anything else."""
    try:
        value: object = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return value


def _read_id(answer: Mapping[str, object]) -> str | None:
    job_id = answer.get("jobId")
    if isinstance(job_id, int) and not isinstance(job_id, bool):
        return str(job_id)
    return job_id if isinstance(job_id, str) and job_id != "" else None


def _text(value: object, default: str) -> str:
    return value if isinstance(value, str) else default


def _refuse(reply: Reply, why: str, *, rejected: bool = False) -> NoReturn:
    kind = JobRejectedError if rejected else ResponseError
    raise kind(
        f"HTTP {reply.status}: {why}",
        status=reply.status,
        content_type=reply.headers.get("content-type"),
        snippet=_snippet_of(reply),
    )


def _snippet_of(reply: Reply) -> str:
    """The beginning of an answer, up to where a job's payload or result can stand in it."""
    text = text_of(reply.body)
    ends = [at for at in (text.find('"data"'), text.find('"returnvalue"')) if at >= 0]
    return text[: min([SNIPPET_LENGTH, *ends])]
