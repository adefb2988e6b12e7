package dev.dwata;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
    /// Not what the program is made of, hence not on its class path.
    private static final Set<String> APART = Set.of("benchmarks", "examples");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
            .importPackages("dev.dwata");

    @ParameterizedTest
    @EnumSource
    void holds(ArchitectureRule rule) {
        assertThat(rule.evaluate(MAIN).getFailureReport().getDetails()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void catchesItsOffence(ArchitectureRule rule, @TempDir Path classes) {
        Javac.compile(Javac.files(rule.offence), classes);

        JavaClasses offenders = new ClassFileImporter().importPath(classes);

        assertThat(rule.evaluate(offenders).getFailureReport().getDetails()).isNotEmpty();
    }

    @Test
    void looksAtEveryClass() {
        Set<String> declared = Checkout.sources("main").entrySet().stream()
                .filter(module -> !APART.contains(module.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(files -> files.stream().map(Checkout::className))
                .collect(toSet());

        // A package-info leaves a class behind only where its annotations need one.
        declared.removeIf(name -> name.endsWith("package-info"));
        assertThat(MAIN.stream().map(JavaClass::getName).collect(toSet())).containsAll(declared);
    }
}
