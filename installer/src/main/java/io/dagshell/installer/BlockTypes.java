package io.dagshell.installer;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockType;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The kinds of blocks this product has. */
public final class BlockTypes {
    private static final String HIDDEN = "••••";

    private BlockTypes() {}

    public static BlockType named(String type) {
        List<BlockType> all = all();
        return all.stream()
                .filter(each -> each.name().equals(type))
                .findFirst()
                .orElseThrow(() -> CommandProblem.badInput("There is no type of block '" + type + "'; there are "
                        + all.stream().map(BlockType::name).sorted().collect(Collectors.joining(", ")) + "."));
    }

    /** Settings as they may be shown: secret ones hidden, and all of an unknown type. */
    public static String masked(BlockSettings settings) {
        List<String> open = all().stream()
                .filter(each -> each.name().equals(settings.type()))
                .flatMap(each -> each.fields().stream())
                .filter(field -> !field.secret())
                .map(BlockType.Field::name)
                .toList();
        return settings.fields().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + (open.contains(entry.getKey()) ? entry.getValue() : HIDDEN))
                .collect(Collectors.joining(" "));
    }

    private static List<BlockType> all() {
        return ServiceLoader.load(BlockType.class, BlockTypes.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
