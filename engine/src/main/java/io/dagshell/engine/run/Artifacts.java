package io.dagshell.engine.run;

import io.dagshell.engine.view.MimeBundle;
import io.dagshell.engine.view.View;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How values are kept as artifacts of a run: as a view shows them, within a limit of size. Immutable. */
record Artifacts(List<View> views) {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_TEXT = 10_000;

    Artifacts {
        views = List.copyOf(views);
    }

    MimeBundle of(Object value) {
        if (value instanceof MimeBundle bundle) {
            return limited(bundle);
        }
        return limited(views.stream()
                .filter(view -> view.shows(value))
                .findFirst()
                .map(view -> view.render(value))
                .orElseGet(() -> MimeBundle.text(String.valueOf(value))));
    }

    /** What is too large is left out and said; the text stays, cut. */
    private static MimeBundle limited(MimeBundle bundle) {
        Map<String, String> kept = new LinkedHashMap<>();
        StringBuilder notes = new StringBuilder();
        bundle.content().forEach((type, content) -> {
            int bytes = content.getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= MOST_BYTES) {
                kept.put(type, content);
            } else {
                notes.append("\n(").append(type).append(" of ").append(bytes).append(" bytes is too large to keep)");
            }
        });
        if (!notes.isEmpty()) {
            String text = bundle.get(MimeBundle.TEXT).orElse("");
            kept.put(MimeBundle.TEXT, text.substring(0, Math.min(MOST_TEXT, text.length())) + notes);
        }
        return new MimeBundle(kept);
    }
}
