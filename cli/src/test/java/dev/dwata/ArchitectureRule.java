package dev.dwata;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Optional;

/// One rule of the architecture each, with a program that breaks it: a rule that catches nothing is not one.
enum ArchitectureRule {
    MODULES_DEPEND_IN_ONE_DIRECTION(
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("types")
                    .definedBy("dev.dwata.types..")
                    .layer("agent")
                    .definedBy("dev.dwata.agent..")
                    .layer("persistence")
                    .definedBy("dev.dwata.persistence..")
                    .layer("mesh")
                    .definedBy("dev.dwata.mesh..")
                    .layer("mcp")
                    .definedBy("dev.dwata.mcp..")
                    .layer("opentelemetry")
                    .definedBy("dev.dwata.opentelemetry..")
                    .layer("gateway")
                    .definedBy("dev.dwata.gateway..")
                    .layer("cli")
                    .definedBy("dev.dwata.cli..")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("gateway")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("mcp")
                    .mayOnlyBeAccessedByLayers("gateway", "cli")
                    .whereLayer("opentelemetry")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("mesh")
                    .mayOnlyBeAccessedByLayers("gateway", "cli")
                    .whereLayer("persistence")
                    .mayOnlyBeAccessedByLayers("gateway", "cli")
                    .whereLayer("agent")
                    .mayOnlyBeAccessedByLayers("persistence", "mesh", "mcp", "opentelemetry", "gateway", "cli"),
            """
            package dev.dwata.persistence;
            public final class Log {}
            package dev.dwata.agent;
            final class Offender { dev.dwata.persistence.Log log; }
            """),

    PACKAGES_HAVE_NO_CYCLES(slices().matching("dev.dwata.(**)").should().beFreeOfCycles(), """
            package dev.dwata.agent;
            public final class Loop { dev.dwata.agent.tool.Offender tool; }
            package dev.dwata.agent.tool;
            public final class Offender { dev.dwata.agent.Loop loop; }
            """),

    ONLY_PROVIDERS_THE_REMOTE_RUNTIME_AND_WEB_TOOLS_USE_OKHTTP(
            noClasses()
                    .that(resideOutsideOfPackages(
                            "dev.dwata.agent.provider..", "dev.dwata.agent.remote..", "dev.dwata.agent.tool.web.."))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("okhttp3..", "okio.."),
            """
            package dev.dwata.agent.tool;
            final class Offender { okhttp3.OkHttpClient client; }
            """),

    ONLY_PERSISTENCE_USES_SQL(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.persistence..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.jdbi..", "org.sqlite..", "java.sql..", "javax.sql.."),
            """
            package dev.dwata.gateway;
            final class Offender { java.sql.Connection connection; }
            """),

    ONLY_THE_GATEWAY_USES_A_WEB_SERVER(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.gateway..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet.."),
            """
            package dev.dwata.cli;
            final class Offender { io.javalin.Javalin server; }
            """),

    ONLY_THE_CLI_USES_THE_TERMINAL(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("picocli..", "org.jline.."),
            """
            package dev.dwata.gateway;
            final class Offender { picocli.CommandLine line; }
            """),

    ONLY_TWO_PACKAGES_USE_THE_MCP_SDK(
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.dwata.mcp..", "dev.dwata.gateway.mcp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.modelcontextprotocol..", "reactor.."),
            """
            package io.modelcontextprotocol.spec;
            public final class McpSchema {}
            package dev.dwata.gateway;
            final class Offender { io.modelcontextprotocol.spec.McpSchema schema; }
            """),

    ONLY_THE_FILES_OF_AGENTS_ARE_YAML(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.agent.definition.files..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.snakeyaml.."),
            """
            package dev.dwata.gateway;
            final class Offender { org.snakeyaml.engine.v2.nodes.Node node; }
            """),

    ONLY_ONE_PACKAGE_STARTS_PROGRAMS(
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.dwata.agent.process..", "dev.dwata.cli..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ProcessBuilder.class),
            """
            package dev.dwata.agent.tool;
            final class Offender { void start() throws java.io.IOException { new ProcessBuilder("env").start(); } }
            """),

    ONLY_ANSWERS_ARE_VALIDATED_BY_SCHEMA(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.agent.output..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.networknt.."),
            """
            package dev.dwata.agent.tool;
            final class Offender { com.networknt.schema.Schema schema; }
            """),

    ONLY_THE_OPENTELEMETRY_MODULE_USES_OPENTELEMETRY(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.opentelemetry..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.opentelemetry.."),
            """
            package io.opentelemetry.api;
            public interface OpenTelemetry {}
            package dev.dwata.agent;
            final class Offender { io.opentelemetry.api.OpenTelemetry telemetry; }
            """),

    THERE_IS_ONE_JACKSON(
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."),
            """
            package com.fasterxml.jackson.databind;
            public final class ObjectMapper {}
            package dev.dwata.types;
            final class Offender { com.fasterxml.jackson.databind.ObjectMapper mapper; }
            """),

    TEST_DOUBLES_STAY_OUT_OF_MAIN_CODE(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.dwata.agent.testing..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.dwata.agent.testing.."),
            """
            package dev.dwata.agent.testing;
            public final class Script {}
            package dev.dwata.agent;
            final class Offender { dev.dwata.agent.testing.Script script; }
            """),

    ONLY_THE_CLI_PRINTS(
            noClasses().that().resideOutsideOfPackage("dev.dwata.cli..").should(ACCESS_STANDARD_STREAMS), """
            package dev.dwata.agent;
            final class Offender { void say() { System.out.println("hello"); } }
            """),

    LOGGING_IS_SLF4J(noClasses().should(USE_JAVA_UTIL_LOGGING), """
            package dev.dwata.cli;
            final class Offender {
                static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("offender");
            }
            """),

    STATICS_HAVE_NO_STATE(fields().that().areStatic().should().beFinal(), """
            package dev.dwata.agent;
            final class Offender { static int count; }
            """),

    CONTEXT_IS_A_PARAMETER(noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class), """
            package dev.dwata.agent;
            final class Offender { final ThreadLocal<String> session = new ThreadLocal<>(); }
            """),

    ABSENCE_IS_NOT_AN_OPTIONAL_FIELD(noFields().should().haveRawType(Optional.class), """
            package dev.dwata.types;
            record Offender(java.util.Optional<String> title) {}
            """),

    ABSENCE_IS_NOT_AN_OPTIONAL_PARAMETER(
            noCodeUnits()
                    .that(Signatures.declared())
                    .should()
                    .haveRawParameterTypes(describe(
                            "with Optional",
                            types -> types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class)))),
            """
            package dev.dwata.agent;
            final class Offender { void rename(java.util.Optional<String> title) {} }
            """),

    SIGNATURES_ARE_FREE_OF_ADAPTERS(
            // the rooms inside the gateway show each other what they are made with; its front does not
            codeUnits()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideOutsideOfPackage("dev.dwata.gateway.*..")
                    .and(Signatures.declared())
                    .and(Signatures.visible())
                    .should(Signatures.mentionNothingFrom(
                            "okhttp3..",
                            "okio..",
                            "org.jdbi..",
                            "org.sqlite..",
                            "java.sql..",
                            "javax.sql..",
                            "io.javalin..",
                            "org.eclipse.jetty..",
                            "jakarta.servlet..",
                            "io.modelcontextprotocol..",
                            "com.networknt..",
                            "org.snakeyaml..")),
            """
            package dev.dwata.persistence;
            public final class Offender { public Offender(java.sql.Connection connection) {} }
            """),

    TYPES_ARE_NAMED_FOR_WHAT_THEY_ARE(
            noClasses()
                    .should()
                    .haveNameMatching(".*[.$]((Default|Abstract|Base)[A-Z]\\w*|\\w+(Impl|Manager|Helpers?|Utils?))"),
            """
            package dev.dwata.agent;
            final class DefaultOffender {}
            """),

    PACKAGES_ARE_NAMED_FOR_A_CONCEPT(
            noClasses()
                    .should()
                    .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper.."),
            """
            package dev.dwata.agent.util;
            final class Offender {}
            """);

    @SuppressWarnings("ImmutableEnumChecker") // it is, but does not say so
    private final ArchRule rule;

    /// Sources as [Javac#files(String)] takes them.
    final String offence;

    ArchitectureRule(ArchRule rule, String offence) {
        this.rule = rule.allowEmptyShould(true);
        this.offence = offence;
    }

    EvaluationResult evaluate(JavaClasses classes) {
        return rule.evaluate(classes);
    }
}
