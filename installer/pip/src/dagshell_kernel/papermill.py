"""Parameters of papermill runs, written for the kernel as a cell of ``name = JSON`` lines.

The kernel reads each line by the type that the notebook's ``%%params`` cell declares, so nothing has to be known of Java
here. Papermill finds this module by its entry point and loads it before it translates anything.
"""

import json
import math

from papermill.engines import NBClientEngine
from papermill.translators import Translator, papermill_translators


class DagShellTranslator(Translator):
    """Values as JSON; what JSON cannot say as text the kernel reads by the declared type."""

    @classmethod
    def translate(cls, val):
        if isinstance(val, float) and not math.isfinite(val):
            return "NaN" if math.isnan(val) else ("Infinity" if val > 0 else "-Infinity")
        return json.dumps(val, ensure_ascii=False, default=str)

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()


for kernel in ("dagshell", "java"):
    papermill_translators.register(kernel, DagShellTranslator)


class DagShellEngine(NBClientEngine):
    """Papermill's own engine; its entry point is the one place papermill asks other packages."""
