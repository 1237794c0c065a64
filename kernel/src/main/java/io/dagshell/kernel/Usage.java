package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel's process uses, as JupyterLab's resource panel asks for it (ipykernel's field names). */
final class Usage {
    private static final Path RESIDENT = Path.of("/proc/self/status");

    private Usage() {}

    static ObjectNode now() {
        ObjectNode content = Json.object()
                .put("hostname", hostname())
                .put("pid", ProcessHandle.current().pid())
                .put("cpu_count", Runtime.getRuntime().availableProcessors())
                .put("kernel_memory", memory());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            content.put("kernel_cpu", percent(system.getProcessCpuLoad()) * system.getAvailableProcessors());
            content.put("host_cpu_percent", percent(system.getCpuLoad()));
            long total = system.getTotalMemorySize();
            long free = system.getFreeMemorySize();
            content.putObject("host_virtual_memory")
                    .put("total", total)
                    .put("available", free)
                    .put("free", free)
                    .put("used", total - free)
                    .put("percent", total == 0 ? 0 : 100.0 * (total - free) / total);
        }
        return content;
    }

    /** A load the system does not know yet is negative. */
    private static double percent(double load) {
        return Math.max(0, load * 100);
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** Resident bytes where the system tells them, else the heap's. */
    private static long memory() {
        try {
            return Files.readAllLines(RESIDENT).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseGet(Usage::heap);
        } catch (IOException notLinux) {
            return heap();
        }
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
