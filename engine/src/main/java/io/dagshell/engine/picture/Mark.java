package io.dagshell.engine.picture;

import io.dagshell.engine.model.State;

/** How a state looks: a sign that reads without colour, and a colour that reads on white and on black. */
public record Mark(String sign, String colour) {

    public static final String QUIET = "#808890";

    public static Mark of(State state) {
        return switch (state) {
            case SCHEDULED, LATE, PENDING -> new Mark("○", QUIET);
            case RUNNING -> new Mark("▶", "#3b82d6");
            case AWAITING_RETRY -> new Mark("↻", "#c27c0e");
            case PAUSED -> new Mark("‖", "#c27c0e");
            case COMPLETED -> new Mark("✓", "#2f9e58");
            case CACHED -> new Mark("≡", "#1a9aa5");
            case FAILED -> new Mark("✗", "#e0483e");
            case CRASHED -> new Mark("☠", "#e0483e");
            case CANCELLING, CANCELLED -> new Mark("⊘", "#a06cc8");
        };
    }
}
