"""The DagShell kernel as a Python package: it brings the kernel's jars and needs a JDK, 17 or newer."""
