package io.dagshell.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that writes runs into a file: {@code FILE COUNT}; 0 for ever. Says {@code run ID} at each. */
final class WritingProcess {
    private WritingProcess() {}

    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[1]);
        try (RunStore store = RunStore.open(Path.of(arguments[0]))) {
            for (int i = 0; count == 0 || i < count; i++) {
                RecordedRun run = RecordedRun.startedAt(RecordedRun.START.plusMillis(i));
                run.beginning().forEach(store::accept);
                store.flush();
                System.out.println("begun " + run.id);
                run.all().subList(run.beginning().size(), run.all().size()).forEach(store::accept);
                System.out.println("ended " + run.id);
            }
        }
    }

    static Process start(Path file, int count) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(WritingProcess.class.getName(), file.toString(), String.valueOf(count)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
