package dev.dwata.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.process.Leftovers.Leftover;
import dev.dwata.agent.process.Program.Input;
import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Children;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// J2: what is left when the process that answers for its children is killed.
@Timeout(60)
class KilledOwnerTest {
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void kill() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @EnumSource(Input.class)
    void theGuardianEndsEverythingThatHasTheMarker(Input input) throws Exception {
        Child child = killedOwnerOf(
                "setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 999; done' & sleep 999", 4, input);

        Soon.becomesTrue(
                "the guardian has ended all",
                4,
                () -> Survivors.of(child.marker()).isEmpty());
    }

    @Test
    void aGuardianThatWasEndedIsReplaced() throws Exception {
        Registry registry = new Registry();
        try (Processes processes = new Processes(registry, Map.of())) {
            Program program = new Program(List.of("sleep", "999"), Path.of("/"));
            ChildProcess first = processes.start(program);
            List<ProcessHandle> before = guardians();
            before.forEach(ProcessHandle::destroyForcibly);
            Soon.becomesTrue("it is ended", 10, () -> before.stream().noneMatch(ProcessHandle::isAlive));

            ChildProcess second = processes.start(program);

            assertThat(guardians()).hasSize(1);
            assertThat(List.of(first, second)).allMatch(ChildProcess::isAlive);
        }
        assertThat(registry.known).isEmpty();
        Soon.becomesTrue("it has nothing more to do", 10, () -> guardians().isEmpty());
    }

    private static List<ProcessHandle> guardians() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains("dwata-guardian"))
                        .isPresent())
                .toList();
    }

    @Test
    void theNextProcessEndsWhatIsLeftAndNothingElse() throws Exception {
        Process foreign = sleep();
        Process left = sleepMarked("leftbehind");
        Child remembered = new Child("nothinghasthis", "sleep").started(foreign.pid(), Instant.EPOCH);
        Child escaped = new Child("leftbehind", "sh");
        Registry registry = new Registry(remembered, escaped);

        List<Leftover> found = Leftovers.sweep(registry);

        assertThat(found).containsExactly(new Leftover(escaped, List.of(left.pid()), List.of()));
        assertThat(left.isAlive()).isFalse();
        assertThat(foreign.isAlive()).isTrue();
        assertThat(registry.known).isEmpty();
    }

    @Test
    void theNextProcessEndsTheFirstProcessByItsNumberAndStart() throws Exception {
        Process left = sleep();
        Instant began = left.info().startInstant().orElseThrow();
        Registry registry = new Registry(new Child("nothinghasthis", "sleep").started(left.pid(), began));

        assertThat(Leftovers.sweep(registry)).hasSize(1);

        assertThat(left.isAlive()).isFalse();
    }

    /// Starts a process that starts this, waits until there are so many processes of it, and kills it.
    private Child killedOwnerOf(String command, int processes, Input input) throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledOwner.class.getName(),
                        command,
                        input.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(owner);
        BufferedReader said = owner.inputReader();
        String[] before = Objects.requireNonNull(said.readLine()).split(" ", -1);
        assertThat(before[1]).isEqualTo("null");
        String[] words = Objects.requireNonNull(said.readLine()).split(" ", -1);
        Child child = new Child(words[0], command).started(Long.parseLong(words[1]), Instant.parse(words[2]));
        assertThat(before[0]).isEqualTo(child.marker());
        Soon.becomesTrue("they run", 20, () -> Survivors.of(child.marker()).size() >= processes - 1);
        owner.destroyForcibly();
        assertThat(owner.waitFor()).isEqualTo(137);
        return child;
    }

    private Process sleep() throws Exception {
        Process process = new ProcessBuilder("sleep", "999").start();
        started.add(process);
        return process;
    }

    private Process sleepMarked(String marker) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sleep", "999");
        builder.environment().put("DWATA_CHILD", marker);
        Process process = builder.start();
        started.add(process);
        Soon.becomesTrue("it has begun", 10, () -> Survivors.of(marker).size() == 1);
        return process;
    }

    /// Of a process that is gone.
    private static final class Registry implements Children {
        private final List<Child> known;

        Registry(Child... children) {
            known = new ArrayList<>(List.of(children));
        }

        @Override
        public void put(Child child) {
            remove(child.marker());
            known.add(child);
        }

        @Override
        public void remove(String marker) {
            known.removeIf(child -> child.marker().equals(marker));
        }

        @Override
        public List<Child> adopt() {
            return List.copyOf(known);
        }
    }
}
