package dev.dwata;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The compiler, asked what it understands of a set of sources.
final class Javac {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |sealed )*(?:class|record|interface|enum) (\\w+)");

    private Javac() {}

    /// Syntax trees and, where they are attributed, their types.
    record Program(List<CompilationUnitTree> units, Trees trees, JavacTask task) {}

    static List<JavaFileObject> files(Collection<Path> paths) {
        List<JavaFileObject> files = new ArrayList<>();
        FILES.getJavaFileObjectsFromPaths(paths).forEach(files::add);
        return files;
    }

    /// Several sources in one text: each begins with its `package` line.
    static List<JavaFileObject> files(String text) {
        return List.<JavaFileObject>copyOf(Pattern.compile("(?m)^(?=package )")
                .splitAsStream(text)
                .filter(source -> !source.isBlank())
                .map(Source::new)
                .toList());
    }

    /// Reads without resolving names: any source will do.
    static Program parse(Collection<JavaFileObject> files) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = task(diagnostics, List.of(), files);
        List<CompilationUnitTree> units = read(task);
        failOnErrors(diagnostics);
        return new Program(units, Trees.instance(task), task);
    }

    /// Reads and resolves every name against the class path of this JVM.
    static Program attribute(Collection<JavaFileObject> files) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = task(diagnostics, List.of(), files);
        List<CompilationUnitTree> units = read(task);
        try {
            task.analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        failOnErrors(diagnostics);
        return new Program(units, Trees.instance(task), task);
    }

    /// Writes class files below `directory`.
    static void compile(Collection<JavaFileObject> files, Path directory) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        task(diagnostics, List.of("-d", directory.toString()), files).call();
        failOnErrors(diagnostics);
    }

    private static JavacTask task(
            DiagnosticCollector<JavaFileObject> diagnostics, List<String> more, Collection<JavaFileObject> files) {
        List<String> options = new ArrayList<>(List.of("-proc:none", "-Xlint:none", "-classpath"));
        options.add(System.getProperty("java.class.path"));
        options.addAll(more);
        return (JavacTask) COMPILER.getTask(null, FILES, diagnostics, options, null, files);
    }

    private static List<CompilationUnitTree> read(JavacTask task) {
        try {
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return units;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the compiler did not understand, a rule has not looked at.
    private static void failOnErrors(DiagnosticCollector<JavaFileObject> diagnostics) {
        List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new IllegalStateException("does not compile:\n" + String.join("\n", errors));
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(
                    URI.create(
                            "memory:///" + first(PACKAGE, text).replace('.', '/') + "/" + first(TYPE, text) + ".java"),
                    Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        private static String first(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? matcher.group(1) : "package-info";
        }
    }
}
