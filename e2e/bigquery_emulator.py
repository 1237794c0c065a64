"""Starts local-bigquery, a BigQuery emulator on DuckDB, so that Google's Java client can talk to it without a network.

What it needs beside the package: DuckDB's extensions loaded from their wheels, since none can be downloaded; a PATCH that
comes as a POST with a header (https://cloud.google.com/apis/docs/system-parameters); and no page tokens of null, which the
client takes for tokens and asks for the next page for ever.
"""

import re
import sys

import duckdb

EXTENSIONS = ("icu", "ducklake", "httpfs")
NULL_TOKEN = re.compile(rb'"(?:nextPageToken|pageToken)":null,?')
connect_plainly = duckdb.connect


def connect(database=":memory:", read_only=False, config=None, **more):
    settings = dict(config or {})
    zone = settings.pop("TimeZone", None)
    connection = connect_plainly(database, read_only, config=settings, **more)
    for extension in EXTENSIONS:
        connection.execute(f"LOAD {extension}")
    if zone:  # known only once icu is there
        connection.execute(f"SET GLOBAL TimeZone='{zone}'")
    return connection


class ForGooglesClient:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method = dict(scope["headers"]).get(b"x-http-method-override")
        if method:
            scope = {**scope, "method": method.decode().upper()}
        start, parts = {}, []

        async def collect(message):
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            if NULL_TOKEN.search(body):
                body = NULL_TOKEN.sub(b"", body).replace(b",}", b"}")
                start["headers"] = [
                    (name, str(len(body)).encode() if name == b"content-length" else value)
                    for name, value in start["headers"]]
            await send(start)
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, collect)


if __name__ == "__main__":
    duckdb.connect = connect
    import local_bigquery
    from local_bigquery.cli import main

    local_bigquery.app.add_middleware(ForGooglesClient)
    sys.argv[0] = "local-bigquery"
    sys.exit(main())
