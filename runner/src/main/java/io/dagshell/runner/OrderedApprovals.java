package io.dagshell.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.Approvals;
import io.dagshell.engine.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers that came with the order of a run; a question without one ends the process until it has one. Immutable. */
final class OrderedApprovals implements Approvals {
    private record Given(String place, String question, Answer answer) {}

    private final List<Given> given;

    private OrderedApprovals(List<Given> given) {
        this.given = given;
    }

    /** From the {@code answers} of an {@code order.json}. */
    static OrderedApprovals of(JsonNode answers) {
        List<Given> given = new ArrayList<>();
        for (JsonNode each : answers) {
            String by = each.path("by").asText();
            ObjectNode values = each.path("values") instanceof ObjectNode object ? object : JsonTree.PLAIN.object();
            Answer answer = each.path("approved").asBoolean()
                    ? new Answer.Approved(by, values)
                    : new Answer.Rejected(by, each.path("reason").asText());
            given.add(
                    new Given(each.path("place").asText(), each.path("question").asText(), answer));
        }
        return new OrderedApprovals(List.copyOf(given));
    }

    @Override
    public Optional<Answer> given(Question question) {
        return given.stream()
                .filter(each -> each.place().equals(question.place().value()))
                .filter(each -> each.question().equals(question.text()))
                .map(Given::answer)
                .findFirst();
    }

    @Override
    public Optional<Answer> ask(Question question) {
        return Optional.empty();
    }
}
