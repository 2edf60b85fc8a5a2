"""
What the client does at run time: the same in every generated package, and free of message names.

The generated ``client.py`` derives its two classes from :class:`.client.BaseClient` and
:class:`.async_client.AsyncBaseClient`. What decides anything (ids, headers, retries, errors, answers) does no IO and
is shared by both; only the transports and the two clients know whether they may wait or must await.
"""
