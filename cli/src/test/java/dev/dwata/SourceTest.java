package dev.dwata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    /// What does not compile without libraries that the program does without.
    private static final Set<String> NEEDS_MORE = Set.of("benchmarks");

    private static final String EVENTS = """
            package dev.dwata.probe;
            public sealed interface Event {
                record Started(int turn) implements Event {}
                record Stopped() implements Event {}
            }
            """;

    @ParameterizedTest
    @EnumSource
    void holds(SourceRule rule) {
        List<Path> files = Stream.of("main", "test").flatMap(SourceTest::files).toList();

        assertThat(offences(rule, Javac.parse(Javac.files(files)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void catchesItsOffence(SourceRule rule) {
        assertThat(offences(rule, Javac.parse(Javac.files(rule.offence)))).hasSize(1);
    }

    @Test
    void everyPackageHasItsPackageInfo() {
        Set<Path> described = new TreeSet<>();
        Set<Path> used = new TreeSet<>();
        files("main").forEach(file -> {
            used.add(file.getParent());
            if (file.endsWith("package-info.java")) {
                described.add(file.getParent());
            }
        });

        assertThat(described).isEqualTo(used);
    }

    @Test
    void noSwitchOverSealedTypesHasADefault() {
        List<Path> files =
                files("main").filter(file -> !NEEDS_MORE.contains(module(file))).toList();

        assertThat(ExhaustiveSwitch.offencesIn(Javac.attribute(Javac.files(files))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int of(Event e) { return switch (e) { case Event.Started s -> 1; default -> 2; }; }",
                "int of(Event e) { return switch (e) { case Event.Started(int turn) -> 1; case Event other -> 2; }; }",
                "int of(Event e) { return switch (e) { case Event.Started s -> 1; case null, default -> 2; }; }",
                "void of(Event e) { switch (e) { case Event.Started s: break; default: break; } }",
                "int of(Object o) { return switch (o) { case Event.Started s -> 1; default -> 2; }; }",
                "<E extends Event> int of(E e) { return switch (e) { case Event.Started s -> 1; default -> 2; }; }",
            })
    void findsADefault(String method) {
        assertThat(ExhaustiveSwitch.offencesIn(Javac.attribute(Javac.files(EVENTS + user(method)))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int of(Event e) { return switch (e) { case Event.Started s -> 1; case Event.Stopped s -> 2; }; }",
                "int of(Event e) { return switch (e) { case Event.Started s when s.turn() > 1 -> 1; case Event.Started s -> 3;"
                        + " case Event.Stopped s -> 2; }; }",
                "int of(String s) { return switch (s) { case \"a\" -> 1; default -> 2; }; }",
                "int of(Object o) { return switch (o) { case Integer i -> 1; default -> 2; }; }",
            })
    void acceptsTheRest(String method) {
        assertThat(ExhaustiveSwitch.offencesIn(Javac.attribute(Javac.files(EVENTS + user(method)))))
                .isEmpty();
    }

    private static String user(String method) {
        return "package dev.dwata.probe;\nfinal class User { " + method + " }\n";
    }

    private static String module(Path file) {
        return Checkout.name(file).split("/", 2)[0];
    }

    private static Stream<Path> files(String set) {
        return Checkout.sources(set).values().stream().flatMap(List::stream);
    }

    private static List<String> offences(SourceRule rule, Javac.Program program) {
        return program.units().stream()
                .flatMap(unit -> rule.offencesIn(unit).stream().map(offence -> place(unit) + ": " + offence))
                .toList();
    }

    private static String place(CompilationUnitTree unit) {
        return unit.getSourceFile().getName();
    }
}
