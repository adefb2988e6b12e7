package dev.dwata.agent.policy;

import static dev.dwata.agent.policy.Calls.FOLDER;
import static dev.dwata.agent.policy.Calls.ORIGIN;
import static dev.dwata.agent.policy.Calls.SESSION;
import static dev.dwata.agent.policy.Calls.TAINTED;
import static dev.dwata.agent.policy.Calls.about;
import static dev.dwata.agent.policy.Calls.call;
import static dev.dwata.agent.policy.Calls.command;
import static dev.dwata.agent.policy.Calls.learnt;
import static dev.dwata.agent.policy.Calls.policy;
import static dev.dwata.agent.policy.Calls.rule;
import static dev.dwata.agent.policy.Calls.settings;
import static dev.dwata.agent.policy.Calls.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.policy.ProposedCall.Origin;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.PolicyRule.Effect;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RulePolicyTest {
    private static final ToolSpec WRITE = tool("filesystem.write", Approval.CONFIRM, ToolTrait.WRITE);
    private static final PolicyRule DENY = rule("no", Effect.DENY, "filesystem.*");
    private static final PolicyRule ASK = rule("careful", Effect.ASK, "filesystem.*");
    private static final PolicyRule ALLOW = rule("free", Effect.ALLOW, "filesystem.*");

    private static void decides(PolicyDecision decision, Verdict verdict, String rule) {
        assertThat(decision.verdict()).as(String.valueOf(decision.reason())).isEqualTo(verdict);
        assertThat(decision.rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"AUTO,ALLOW", "NOTIFY,ALLOW", "CONFIRM,ASK"})
    void goesByTheLevelWhereNoRuleSaysAnything_S3_162(Approval level, Verdict verdict) {
        decides(policy().decide(call(tool("test.it", level), "{}")), verdict, PolicyDecision.DEFAULT);
    }

    @Test
    void putsDenyBeforeAskBeforeAllow() {
        ProposedCall call = call(WRITE, "{}");
        decides(policy(ALLOW, ASK, DENY).decide(call), Verdict.DENY, "no");
        decides(policy(ALLOW, ASK).decide(call), Verdict.ASK, "careful");
        decides(policy(ALLOW).decide(call), Verdict.ALLOW, "free");
        decides(policy(DENY).decide(call(tool("memory.get", Approval.AUTO), "{}")), Verdict.ALLOW, "default");
    }

    @Test
    void putsWhatTheToolSaysBeforeWhatAllows() {
        ProposedCall denied = call(WRITE, "{}", CallReview.denied("it is a device"), ORIGIN);
        assertThat(policy(ALLOW).decide(denied))
                .extracting(PolicyDecision::verdict, PolicyDecision::rule, PolicyDecision::reason)
                .containsExactly(Verdict.DENY, "tool", "it is a device");
        ProposedCall doubtful = call(WRITE, "{}", CallReview.PLAIN.withCaution("it is in .git"), ORIGIN);
        PolicyDecision asked = policy(ALLOW).decide(doubtful);
        decides(asked, Verdict.ASK, "tool");
        assertThat(asked.reason()).isEqualTo("it is in .git");
        assertThat(asked.always()).isNull();
        decides(learnt(ALLOW).decide(doubtful), Verdict.ASK, "tool");
        decides(policy(ALLOW, DENY).decide(doubtful), Verdict.DENY, "no");
    }

    @ParameterizedTest
    @EnumSource(ApprovalMode.class)
    void noModeLoosensRulesNorDoubts(ApprovalMode mode) {
        PolicySettings settings =
                settings(DENY, rule("slow", Effect.ASK, "slow.*")).with(mode, true);
        Verdict asked = mode == ApprovalMode.NEVER ? Verdict.DENY : Verdict.ASK;
        ToolSpec web = tool("web.fetch", Approval.AUTO, ToolTrait.EGRESS);

        decides(policy(settings).decide(call(WRITE, "{}")), Verdict.DENY, "no");
        decides(policy(settings).decide(call(tool("slow.it", Approval.AUTO), "{}")), asked, "slow");
        decides(
                policy(settings).decide(call(web, "{}", CallReview.PLAIN.withCaution("hm"), ORIGIN)),
                asked,
                PolicyDecision.TOOL);
        decides(policy(settings).decide(call(web, "{}", CallReview.PLAIN, TAINTED)), asked, PolicyDecision.DEFAULT);
        decides(
                policy(settings).decide(call(tool("test.pay", Approval.CONFIRM), "{}")),
                mode == ApprovalMode.AUTO ? Verdict.ALLOW : asked,
                PolicyDecision.DEFAULT);
    }

    @Test
    void deniesWhatNobodyCanBeAskedAbout_K1() {
        PolicyDecision decision = policy(settings().with(ApprovalMode.AUTO, false))
                .decide(call(WRITE, "{}", CallReview.PLAIN.withCaution("it is in .git"), ORIGIN));
        decides(decision, Verdict.DENY, "tool");
        assertThat(decision.reason())
                .isEqualTo("filesystem.write needs a person's approval (it is in .git), and nobody can be asked here");
        decides(
                policy(settings(ALLOW).with(ApprovalMode.NEVER, false)).decide(call(WRITE, "{}")),
                Verdict.ALLOW,
                "free");
    }

    @ParameterizedTest
    @CsvSource({"EGRESS,sends something out", "WRITE,changes something that stays"})
    void asksOnceOthersHaveWrittenInTheSession_L5(ToolTrait trait, String why) {
        ToolSpec tool = tool("net.post", Approval.AUTO, trait);
        ProposedCall tainted = call(tool, "{}", CallReview.PLAIN, TAINTED);

        decides(policy().decide(call(tool, "{}")), Verdict.ALLOW, "default");
        PolicyDecision decision = policy().decide(tainted);
        decides(decision, Verdict.ASK, "default");
        assertThat(decision.level()).isEqualTo(Approval.CONFIRM);
        assertThat(decision.reason()).isEqualTo("this session holds what others have written, and net.post " + why);
        PolicyRule always = Objects.requireNonNull(decision.always());
        decides(learnt(always).decide(tainted), Verdict.ALLOW, "always");
        decides(policy(rule("post", Effect.ALLOW, "net.post")).decide(tainted), Verdict.ALLOW, "post");
        decides(
                policy().decide(call(
                        tool("net.read", Approval.AUTO, ToolTrait.FOREIGN), "{}", CallReview.PLAIN, TAINTED)),
                Verdict.ALLOW,
                "default");
    }

    @Test
    void comparesArguments() {
        PolicyRule rule = new PolicyRule(
                "notes",
                Effect.ALLOW,
                "filesystem.write",
                Map.of("path", "notes/*.md", "size", "1*", "deep", "{\"a\":1,\"b\":[2]}"),
                null,
                null,
                null,
                null,
                null,
                null);
        String fits = "{\"path\":\"notes/x.md\",\"size\":12,\"deep\":{\"b\":[2],\"a\":1},\"more\":true}";
        decides(policy(rule).decide(call(WRITE, fits)), Verdict.ALLOW, "notes");
        for (String other : List.of(
                fits.replace("x.md", "x.txt"),
                fits.replace("12", "21"),
                fits.replace("[2]", "[3]"),
                fits.replace("size", "length"),
                fits.replace("notes/", "Notes/"),
                "{}")) {
            decides(policy(rule).decide(call(WRITE, other)), Verdict.ASK, "default");
        }
    }

    @Test
    void comparesCommandsPartByPart() {
        RulePolicy policy =
                policy(about("log", Effect.ALLOW, "git", "log", "**"), about("st", Effect.ALLOW, "git", "status"));
        decides(policy.decide(command("git", "log")), Verdict.ALLOW, "log");
        decides(policy.decide(command("git", "log", "-1", "a b")), Verdict.ALLOW, "log");
        decides(policy.decide(command("git", "status")), Verdict.ALLOW, "st");
        for (String[] other : List.of(
                new String[] {"git", "status", "-s"},
                new String[] {"git", "logs"},
                new String[] {"git"},
                new String[] {"git log"},
                new String[] {"/tmp/git", "log"})) {
            decides(policy.decide(command(other)), Verdict.ASK, "default");
        }
    }

    @Test
    void aRuleAboutCommandsNeedsOneThatIsSure_K5() {
        ProposedCall unsure = call(tool("shell.run", Approval.CONFIRM), "{\"command\":\"git status; rm x\"}");
        decides(policy(about("st", Effect.ALLOW, "**")).decide(unsure), Verdict.ASK, "default");
        PolicySettings auto = settings(about("rm", Effect.DENY, "rm", "**")).with(ApprovalMode.AUTO, true);
        PolicyDecision decision = policy(auto).decide(unsure);
        decides(decision, Verdict.ASK, "rm");
        assertThat(decision.reason()).contains("cannot be told").contains("'rm'");
        assertThat(decision.always()).isNull();
        decides(policy(auto).decide(command("rm", "-rf", "/")), Verdict.DENY, "rm");
        decides(policy(auto).decide(command("ls")), Verdict.ALLOW, "default");
        decides(policy(auto).decide(call(WRITE, "{}")), Verdict.ALLOW, "default");
    }

    @Test
    void alwaysIsNoMoreThanWhatWasAgreedTo_K6() {
        CallReview review = CallReview.PLAIN.withAlways(Map.of("path", "a*\\b"));
        ProposedCall agreed = call(WRITE, "{\"path\":\"a*\\\\b\"}", review, ORIGIN);
        PolicyRule always = Objects.requireNonNull(policy().decide(agreed).always());
        assertThat(always)
                .isEqualTo(new PolicyRule(
                        "always",
                        Effect.ALLOW,
                        "filesystem.write",
                        Map.of("path", "a\\*\\\\b"),
                        null,
                        FOLDER,
                        "default",
                        SESSION.value(),
                        Principal.LOCAL.id(),
                        null));
        RulePolicy policy = learnt(always);
        decides(policy.decide(agreed), Verdict.ALLOW, "always");
        decides(policy.decide(call(WRITE, "{\"path\":\"a/etc\\\\b\"}", review, ORIGIN)), Verdict.ASK, "default");
        decides(
                policy.decide(call(tool("filesystem.move", Approval.CONFIRM), "{\"path\":\"a*\\\\b\"}")),
                Verdict.ASK,
                "default");
        for (Origin other : List.of(
                new Origin(ORIGIN.owner(), SessionId.create(), ORIGIN.run(), "default", false),
                new Origin(ORIGIN.owner(), SESSION, ORIGIN.run(), "reviewer", false),
                new Origin(new Principal("somebody"), SESSION, ORIGIN.run(), "default", false))) {
            decides(policy.decide(call(WRITE, "{\"path\":\"a*\\\\b\"}", review, other)), Verdict.ASK, "default");
        }
        decides(
                policy.decide(call(
                        WRITE,
                        "{\"path\":\"a*\\\\b\"}",
                        review,
                        new Origin(ORIGIN.owner(), SESSION, RunId.create(), "default", false))),
                Verdict.ALLOW,
                "always");
        decides(
                new RulePolicy(settings(), new Calls.Learnt(List.of(always)), "/home/ada/other").decide(agreed),
                Verdict.ASK,
                "default");
    }

    @Test
    void alwaysOfACommandIsThatCommand() {
        assertThat(always(command("git", "status")))
                .extracting(PolicyRule::argv)
                .isEqualTo(List.of("git", "status"));
        assertThat(always(command("ls", "**"))).isNull();
        assertThat(always(call(WRITE, "{}", CallReview.PLAIN.withAlways(null), ORIGIN)))
                .isNull();
        assertThat(policy(ASK).decide(call(WRITE, "{}")).always()).isNull();
    }

    private static @Nullable PolicyRule always(ProposedCall call) {
        return policy().decide(call).always();
    }

    @Test
    void whatAnswersHaveMadeOnlyAllows() {
        decides(learnt(DENY).decide(call(WRITE, "{}")), Verdict.ASK, "default");
        decides(learnt(ALLOW).decide(call(WRITE, "{}")), Verdict.ALLOW, "free");
        assertThat(learnt(ALLOW).hash()).isEqualTo(learnt(null).hash());
    }

    @Test
    void hashesWhatIsConfigured() {
        String none = policy().hash();
        assertThat(none).matches("[0-9a-f]{64}").isEqualTo(policy(settings()).hash());
        assertThat(policy(ALLOW).hash())
                .isNotEqualTo(none)
                .isEqualTo(policy(ALLOW).hash());
        assertThat(policy(ALLOW, ASK).hash()).isNotEqualTo(policy(ALLOW).hash());
        assertThat(policy(settings().with(ApprovalMode.AUTO, true)).hash()).isNotEqualTo(none);
        assertThat(policy(settings().with(ApprovalMode.NEVER, false)).hash()).isEqualTo(none);
        assertThat(policy(ALLOW).decide(call(WRITE, "{}")).policy())
                .isEqualTo(policy(ALLOW).hash());
    }
}
