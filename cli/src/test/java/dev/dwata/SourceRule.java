package dev.dwata;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/// One habit each that shows in a single source file, with a program that lacks it.
enum SourceRule {
    IMPORTS_NAME_ONE_THING("""
            package dev.dwata.agent;
            import java.util.*;
            final class Offender {}
            """) {
        @Override
        List<String> offencesIn(CompilationUnitTree unit) {
            return unit.getImports().stream()
                    .map(ImportTree::getQualifiedIdentifier)
                    .map(Tree::toString)
                    .filter(name -> name.endsWith("*"))
                    .toList();
        }
    },

    /// NullAway looks only at packages that say so.
    PACKAGES_ARE_NULL_MARKED("""
            package dev.dwata.agent;
            """) {
        @Override
        List<String> offencesIn(CompilationUnitTree unit) {
            boolean marked = unit.getPackageAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("NullMarked"));
            return unit.getTypeDecls().isEmpty() && !marked ? List.of("package without @NullMarked") : List.of();
        }
    },

    /// Data only. What else lives there is named here, so that adding to it is a decision.
    SHARED_TYPES_ARE_DATA("""
            package dev.dwata.types;
            public final class Offender {}
            """) {
        private static final Set<String> BEHAVIOUR =
                Set.of("DeltaReader", "Details", "EventCodec", "Json", "RecordSchema", "UuidV7");

        @Override
        List<String> offencesIn(CompilationUnitTree unit) {
            boolean tests = unit.getSourceFile().toUri().getPath().contains("/src/test/");
            if (tests || !unit.getPackageName().toString().startsWith("dev.dwata.types")) {
                return List.of();
            }
            List<String> offences = new ArrayList<>();
            for (ClassTree type : types(unit)) {
                if (!isData(type) && !BEHAVIOUR.contains(type.getSimpleName().toString())) {
                    offences.add(type.getSimpleName() + " is neither data nor on the list");
                }
            }
            return offences;
        }

        private boolean isData(ClassTree type) {
            return switch (type.getKind()) {
                case RECORD, ENUM, ANNOTATION_TYPE -> true;
                case INTERFACE -> type.getModifiers().getFlags().contains(Modifier.SEALED);
                default ->
                    type.getExtendsClause() != null
                            && type.getExtendsClause().toString().endsWith("Exception");
            };
        }

        private Stream<ClassTree> typesIn(Stream<? extends Tree> members) {
            return members.filter(ClassTree.class::isInstance).map(ClassTree.class::cast);
        }

        private List<ClassTree> types(CompilationUnitTree unit) {
            return typesIn(unit.getTypeDecls().stream())
                    .flatMap(type -> BEHAVIOUR.contains(type.getSimpleName().toString())
                            ? Stream.of(type)
                            : Stream.concat(Stream.of(type), typesIn(type.getMembers().stream())))
                    .toList();
        }
    };

    /// Sources as [Javac#files(String)] takes them.
    final String offence;

    SourceRule(String offence) {
        this.offence = offence;
    }

    abstract List<String> offencesIn(CompilationUnitTree unit);
}
