package dev.dwata.cli;

import dev.dwata.cli.approval.GivenAnswers;
import dev.dwata.cli.approval.GivenJson;
import dev.dwata.cli.approval.OpenInputs;
import dev.dwata.cli.ask.ChosenSession;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.JsonPrinter;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.RuleScope;
import dev.dwata.types.wire.InputRespondPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dwata inputs`: what runs wait for, and the answers to it. Through a gateway, or in the data folder, also
/// while another process carries the run: the first answer counts.
@Command(
        name = "dwata inputs",
        description = "What runs wait for: agreement to a tool call, answers, what a client makes of a call.",
        sortOptions = false,
        footer = {
            "",
            "Actions:",
            "  list (default)       everything that is waited for, whole",
            "  show ID              one of them",
            "  approve ID           lets the call happen; --always: later ones like it too; --arguments: with others",
            "  reject ID            does not; --reason tells the model why",
            "  answer ID [KEY=VALUE…]",
            "                       answers questions; what is missing is asked for at the terminal",
            "",
            "Of an ID its beginning or its end is enough. Exit code 1: it was answered before, or there is none."
        })
final class InputsCommand implements Callable<Integer> {
    private final Invocation invocation;

    enum Action {
        LIST,
        SHOW,
        APPROVE,
        REJECT,
        ANSWER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "One of those below.")
    Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID")
    @Nullable
    String id;

    @Parameters(index = "2..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "Of answer.")
    List<String> values = new ArrayList<>();

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "Of list: only of this session and what works for it.")
    @Nullable
    String session;

    @Option(names = "--always", description = "Of approve: later calls like this one, too.")
    boolean always;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "Of --always: session (default), workspace or everywhere.")
    @Nullable
    RuleScope scope;

    @Option(
            names = "--arguments",
            paramLabel = "JSON|@FILE",
            description = "Of approve: all arguments of the call, changed.")
    @Nullable
    String arguments;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Of reject: for the model.")
    @Nullable
    String reason;

    @Option(
            names = "--json-answer",
            paramLabel = "JSON|@FILE",
            description = "Of answer: all answers as an object; of a client's tool: its result.")
    @Nullable
    String jsonAnswer;

    @Option(names = "--json", description = "Print a line of JSON for each.")
    boolean json;

    @Mixin
    RuntimeOptions options = new RuntimeOptions();

    @Mixin
    HelpOption help = new HelpOption();

    InputsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        try (Backend backend = new RuntimeAccess(invocation, options).forLooking()) {
            OpenInputs open = new OpenInputs(backend.runtime()
                    .inputs(
                            session == null
                                    ? null
                                    : new ChosenSession(backend, invocation.streams())
                                            .existing(session)
                                            .id()));
            if (action == Action.LIST) {
                open.print(invocation.streams().out(), json, null);
                return ExitCode.ANSWERED;
            }
            InputId meant = open.id(String.valueOf(id));
            if (action == Action.SHOW) {
                open.print(
                        invocation.streams().out(), json, existing(open, meant).id());
                return ExitCode.ANSWERED;
            }
            return respond(backend, open, meant);
        }
    }

    private void checkOptions() {
        if (action != Action.LIST && id == null) {
            throw CommandFailure.usage("which one? dwata inputs " + action + " ID; 'dwata inputs' lists them");
        }
        if (action == Action.LIST && id != null) {
            throw CommandFailure.usage("list takes no id; dwata inputs show " + id);
        }
        only(Action.ANSWER, !values.isEmpty(), "KEY=VALUE");
        only(Action.ANSWER, jsonAnswer != null, "--json-answer");
        only(Action.APPROVE, always, "--always");
        only(Action.APPROVE, arguments != null, "--arguments");
        only(Action.REJECT, reason != null, "--reason");
        if (scope != null && !always) {
            throw CommandFailure.usage("--scope says how far --always reaches, and is nothing without it");
        }
        if (always && arguments != null) {
            throw CommandFailure.usage("--always and --arguments exclude each other: changed arguments count once");
        }
        if (jsonAnswer != null && !values.isEmpty()) {
            throw CommandFailure.usage("--json-answer and KEY=VALUE exclude each other");
        }
    }

    private void only(Action of, boolean given, String option) {
        if (given && action != of) {
            throw CommandFailure.usage(option + " belongs to 'dwata inputs " + of + "'");
        }
    }

    private static InputRequest existing(OpenInputs open, InputId id) {
        return open.find(id)
                .orElseThrow(() -> new AgentException(new AgentError.NotFound(
                        "nothing waits for " + id + " (any more); 'dwata inputs' lists what is waited for")));
    }

    private int respond(Backend backend, OpenInputs open, InputId id) throws InterruptedException {
        InputResponse response = switch (action) {
            case APPROVE -> approval();
            case REJECT -> new InputResponse.Reject(reason);
            case ANSWER -> answer(backend, existing(open, id).asked());
            case LIST, SHOW -> null;
        };
        if (response == null) {
            return ExitCode.ANSWERED;
        }
        backend.respond(id, response);
        InputDecision taken = decision(response);
        if (json) {
            new JsonPrinter(invocation.streams().out(), "").value(new InputRespondPayload(id, taken));
        } else {
            invocation.streams().out().println(id + " " + taken.wireName());
        }
        return ExitCode.ANSWERED;
    }

    private InputResponse approval() {
        if (always) {
            return new InputResponse.Always(scope == null ? RuleScope.SESSION : scope);
        }
        return arguments == null
                ? new InputResponse.Approve()
                : new InputResponse.Approve(given("--arguments", arguments).object());
    }

    private @Nullable InputResponse answer(Backend backend, InputRequested request) throws InterruptedException {
        if (request.kind() == InputKind.APPROVAL) {
            throw CommandFailure.usage(request.requestId() + " is an approval: dwata inputs approve or reject");
        }
        boolean secret =
                request.questions() != null && request.questions().stream().anyMatch(InputQuestion::isSecret);
        if (secret && !backend.isRemote()) {
            throw CommandFailure.usage("it asks for a secret, which is not written into the data folder: answer it"
                    + " through the gateway that runs it, or where it was asked");
        }
        if (jsonAnswer != null) {
            GivenJson given = given("--json-answer", jsonAnswer);
            if (secret && !given.isFile()) {
                throw CommandFailure.usage("a secret is not written on a command line, where others can read it:"
                        + " --json-answer @FILE, or leave it out and it is asked for");
            }
            return request.kind() == InputKind.CLIENT_TOOL
                    ? new InputResponse.Result(given.value())
                    : new InputResponse.Answer(given.object());
        }
        if (request.kind() == InputKind.CLIENT_TOOL) {
            throw CommandFailure.usage("what " + request.toolName() + " returns is given with --json-answer JSON");
        }
        GivenAnswers given = new GivenAnswers(request);
        values.forEach(given::add);
        return given.complete(new RuntimeAccess(invocation, options)::terminal);
    }

    private GivenJson given(String option, String text) {
        return new GivenJson(option, text, invocation.directory());
    }

    private static InputDecision decision(InputResponse response) {
        return switch (response) {
            case InputResponse.Approve it -> it.arguments() == null ? InputDecision.APPROVE : InputDecision.EDIT;
            case InputResponse.Always it -> InputDecision.ALWAYS;
            case InputResponse.Reject it -> InputDecision.REJECT;
            case InputResponse.Answer it -> InputDecision.ANSWERED;
            case InputResponse.Result it -> InputDecision.ANSWERED;
            case InputResponse.Failed it -> InputDecision.FAILED;
        };
    }
}
