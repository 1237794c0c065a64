package io.dagshell.server.web;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import io.dagshell.store.EnvironmentBlocks;
import io.dagshell.store.LocalBlocks;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * {@code /blocks}: named connections of this machine. A secret that is kept never comes back to the browser: its field
 * is empty, and stays as it is unless something is typed.
 */
public final class BlocksPage {
    private final LocalBlocks blocks;
    private final Pages pages;
    private final List<BlockType> types;

    BlocksPage(LocalBlocks blocks, Pages pages) {
        this.blocks = blocks;
        this.pages = pages;
        this.types = ServiceLoader.load(BlockType.class, BlocksPage.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(BlockType::name))
                .toList();
    }

    void add(RoutesConfig routes) {
        routes.get("/blocks", this::list);
        routes.get("/blocks/new/{type}", this::blank);
        routes.get("/blocks/{name}", this::edit);
        routes.post("/blocks", this::save);
        routes.post("/blocks/{name}/test", this::test);
        routes.post("/blocks/{name}/remove", this::remove);
    }

    private void list(Context request) {
        List<Block> all = new ArrayList<>();
        blocks.all().forEach((name, settings) -> all.add(new Block(name, settings.type(), known(settings))));
        pages.show(
                request,
                "page/blocks.jte",
                new Page(all, types.stream().map(BlockType::name).toList()));
    }

    /** Settings in words, secrets left out. */
    private String known(BlockSettings settings) {
        Optional<BlockType> type = type(settings.type());
        List<String> said = new ArrayList<>();
        settings.fields().forEach((field, value) -> {
            boolean open = type.isPresent()
                    && type.get().fields().stream().anyMatch(each -> each.name().equals(field) && !each.secret());
            said.add(open ? field + " " + value : field + " ••••••");
        });
        return String.join(", ", said);
    }

    private Optional<BlockType> type(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    private void blank(Context request) {
        Optional<BlockType> type = type(request.pathParam("type"));
        if (type.isEmpty()) {
            pages.missing(
                    request,
                    "There is no type of blocks " + request.pathParam("type"),
                    "The page of blocks lists those there are.");
            return;
        }
        show(request, new Form("", type.get().name(), true, fields(type.get(), Map.of(), true), List.of()));
    }

    private void edit(Context request) {
        Optional<BlockSettings> settings = find(request.pathParam("name"));
        Optional<BlockType> type = settings.flatMap(found -> type(found.type()));
        if (settings.isEmpty() || type.isEmpty()) {
            pages.missing(
                    request,
                    "There is no block " + request.pathParam("name") + " that can be edited here",
                    "dagshell block ls lists those there are.");
            return;
        }
        show(
                request,
                new Form(
                        request.pathParam("name"),
                        type.get().name(),
                        false,
                        fields(type.get(), settings.get().fields(), true),
                        List.of()));
    }

    private Optional<BlockSettings> find(String name) {
        return Optional.ofNullable(blocks.all().get(name));
    }

    /** @param kept whether the values are those of a block that is kept, not of a form that was sent */
    private static List<FormField> fields(BlockType type, Map<String, String> values, boolean kept) {
        return type.fields().stream()
                .map(field -> new FormField(
                        field,
                        field.secret() ? "" : values.getOrDefault(field.name(), ""),
                        kept && field.secret() && values.containsKey(field.name())))
                .toList();
    }

    private void show(Context request, Form form) {
        pages.show(request, "page/block.jte", form);
    }

    private void save(Context request) {
        String name = Optional.ofNullable(request.formParam("name")).orElse("").strip();
        BlockType type = type(Optional.ofNullable(request.formParam("type")).orElse(""))
                .orElseThrow(() -> new io.javalin.http.BadRequestResponse("There is no such type of blocks."));
        Map<String, String> values = new TreeMap<>();
        Map<String, String> before =
                find(name).map(BlockSettings::fields).map(Map::copyOf).orElse(Map.of());
        for (BlockType.Field field : type.fields()) {
            String typed = Optional.ofNullable(request.formParam("field-" + field.name()))
                    .orElse("");
            String value = typed.isEmpty() && field.secret() ? before.getOrDefault(field.name(), "") : typed;
            if (!value.isBlank()) {
                values.put(field.name(), value);
            }
        }
        List<String> wrong = new ArrayList<>(nameProblems(name));
        wrong.addAll(type.check(BlockSettings.of(type.name(), values)));
        if (!wrong.isEmpty()) {
            request.status(HttpStatus.BAD_REQUEST);
            show(request, new Form(name, type.name(), before.isEmpty(), fields(type, values, false), wrong));
            return;
        }
        blocks.set(new BlockName(name), type.name(), values);
        request.redirect("/blocks", HttpStatus.SEE_OTHER);
    }

    private static List<String> nameProblems(String name) {
        try {
            new BlockName(name);
            return List.of();
        } catch (IllegalArgumentException wrong) {
            return List.of(String.valueOf(wrong.getMessage()));
        }
    }

    private void test(Context request) {
        Optional<BlockSettings> settings = find(request.pathParam("name"));
        Tested answer = settings.flatMap(found -> type(found.type())
                        .map(type -> type.test(found, others()))
                        .map(result -> new Tested(result.works(), result.message())))
                .orElse(new Tested(false, "There is no such block, or nothing here can test it."));
        pages.show(request, "part/tested.jte", answer);
    }

    private BlockSource others() {
        return EnvironmentBlocks.ofProcess().orElse(blocks);
    }

    private void remove(Context request) {
        find(request.pathParam("name")).ifPresent(any -> blocks.remove(new BlockName(request.pathParam("name"))));
        request.redirect("/blocks", HttpStatus.SEE_OTHER);
    }

    /** What the page gets. */
    public record Page(List<Block> blocks, List<String> types) {
        public Page {
            blocks = List.copyOf(blocks);
            types = List.copyOf(types);
        }
    }

    /** A block in the list. */
    public record Block(String name, String type, String settings) {
        /** The line of Java that has it. */
        public String java() {
            return type + "(\"" + name + "\")";
        }
    }

    /** A form of a block's settings. */
    public record Form(String name, String type, boolean fresh, List<FormField> fields, List<String> problems) {
        public Form {
            fields = List.copyOf(fields);
            problems = List.copyOf(problems);
        }
    }

    /** @param kept whether a secret is kept that is not shown */
    public record FormField(BlockType.Field field, String value, boolean kept) {}

    /** What a test said. */
    public record Tested(boolean works, String message) {}
}
