package io.dagshell.server.agent;

/** What is said of a run that needed more heap than it had. */
final class OutOfHeap {
    private OutOfHeap() {}

    /** Whether an event or a line of output tells it; threads and classes have their memory elsewhere. */
    static boolean isIn(String text) {
        return text.contains("java.lang.OutOfMemoryError")
                && !text.contains("native thread")
                && !text.contains("Metaspace");
    }

    /** What to do, behind what is told of the run's end. */
    static String advice(Order order) {
        String heap = order.memory()
                .map(memory -> "The heap of " + memory + " that 'memory' in deployment.yaml gives it was not enough")
                .orElse("The heap that its agent gave it was not enough");
        return heap + ": set memory: in deployment.yaml to more, such as memory: 4g, and apply it.";
    }
}
