"""Runs of a real server, agent and process as a collector of OpenTelemetry gets them."""

import http.server
import threading

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from test_server import STEPS, Machine, until


class Collector:
    """Takes OTLP over HTTP."""

    def __init__(self, port=0):
        self.spans = []
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = ExportTraceServiceRequest.FromString(body)
                for resource in request.resource_spans:
                    service = [a.value.string_value for a in resource.resource.attributes if a.key == "service.name"]
                    assert self.path == "/v1/traces" and service == ["dagshell"]
                    collector.spans += [span for scope in resource.scope_spans for span in scope.spans]
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def trace(self, run):
        return [span for span in self.spans if span.trace_id.hex() == run.replace("-", "")]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def traced(tmp_path):
    collector = Collector()
    machine = Machine(tmp_path)
    machine.collector = collector
    machine.env["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://127.0.0.1:{collector.port}"
    machine.server()
    machine.deploy("Steps", "steps", *STEPS)
    machine.agent()
    yield machine
    machine.stop()
    machine.collector.close()


def attributes(those):
    return {a.key: a.value.string_value or a.value.int_value for a in those.attributes}


def test_a_run_comes_as_a_trace_of_its_calls_and_one_that_fails_says_where(traced):
    good, bad = traced.order("Steps", n=2), traced.order("Steps", n=13, millis=1)
    assert traced.ended(good)["state"] == "Completed" and traced.ended(bad)["state"] == "Failed"
    until(lambda: traced.collector.trace(good) and traced.collector.trace(bad))

    spans = {span.name: span for span in traced.collector.trace(good)}
    assert [span.name for span in traced.collector.trace(good)].count("step") == 2
    assert {"Steps", "steps", "step", "sum"} <= set(spans)
    told = traced.run(good)
    assert spans["steps"].parent_span_id == spans["Steps"].span_id and spans["sum"].parent_span_id == spans["steps"].span_id
    assert attributes(spans["sum"])["dagshell.kind"] == "task" and attributes(spans["steps"])["dagshell.kind"] == "flow"
    assert spans["step"].end_time_unix_nano - spans["step"].start_time_unix_nano >= 50_000_000
    assert attributes(spans["Steps"])["dagshell.agent"] == told["agent"] and attributes(spans["Steps"])["dagshell.state"] == "Completed"
    failed = next(span for span in traced.collector.trace(bad) if span.name == "sum")
    assert failed.status.code == 2 and failed.status.message == "java.lang.IllegalStateException: thirteen"
    exception = attributes(failed.events[0])
    assert exception["exception.message"] == "thirteen" and "Steps.ipynb[3]" in exception["dagshell.location"], exception


def test_a_collector_that_was_away_gets_what_ended_meanwhile(traced):
    port = traced.collector.port
    traced.collector.close()
    run = traced.order("Steps", n=1)
    assert traced.ended(run)["state"] == "Completed"
    until(lambda: "does not take them" in (traced.folder / "server-0.log").read_text())
    traced.collector = Collector(port)

    assert until(lambda: traced.collector.trace(run), 90)


def test_an_address_that_is_none_is_said_before_the_server_starts(tmp_path):
    machine = Machine(tmp_path)
    machine.env["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4318"
    said = machine.dagshell("server", "start", "--port", "0")

    assert said.code == 2 and "OTEL_EXPORTER_OTLP_ENDPOINT is the address of a collector" in said.err, said
