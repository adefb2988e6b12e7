package dev.dwata.agent.provider.offline;

import dev.dwata.agent.provider.offline.Intent.Talk;
import dev.dwata.agent.provider.offline.Intent.Topic;
import java.util.List;

/// Ways to greet, to ask for help, the time, or what was said before.
final class TalkWordings {
    static final List<Wording> ALL = List.of(
            say(
                    Topic.HELLO,
                    "(?:hello|hi|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))"
                            + "(?: (?:there|dwata|again|everyone|all))?|how are you(?: doing)?(?: today)?"
                            + "|how do you do"),
            say(
                    Topic.THANKS,
                    "(?:thanks|thank you|thx|cheers)(?: .{0,40})?|(?:great|nice|good|cool|perfect|ok" + "|okay)"),
            say(Topic.BYE, "(?:bye|goodbye|bye bye|see you|see you later|good night|farewell|quit|exit)"),
            say(
                    Topic.HELP,
                    "(?:/)?help(?: me)?|\\?+|commands|usage|examples|what can (?:you|i) (?:do|ask|say)(?: .{0,40})?"
                            + "|what (?:do|can) you understand|what are you able to do|how (?:do|can|does) (?:i"
                            + "|this|you|it)"
                            + " (?:use|work|configure|set up|setup|change)(?: .{0,60})?|(?:configure|setup"
                            + "|set up)(?: .{0,40})?"
                            + "|what are your (?:capabilities|commands|tools)|which tools do you have"
                            + "|what tools do you have"),
            say(
                    Topic.WHO_ARE_YOU,
                    "(?:who|what)(?: exactly)? are you|what(?:'s| is) (?:your name|dwata)|introduce yourself"
                            + "|(?:which|what)(?: kind of)? (?:model|llm|ai)(?: is this| are you| do you use"
                            + "| am i (?:using|talking to))?"
                            + "|are you (?:a |an |the )?(?:real |large )?(?:ai|llm|robot|bot|human|person|gpt"
                            + "|claude|chatgpt|model"
                            + "|language model|offline|online|real)(?: .{0,40})?"),
            say(
                    Topic.TIME,
                    "(?:what(?:'s| is)(?: the)?(?: current| local)? time(?: is it)?|what time (?:is it|it is)"
                            + "|what the time is|how late is it|(?:the )?(?:current )?time|do you have the time)"
                            + "(?: (?:right )?now)?"),
            say(
                    Topic.DATE,
                    "what(?:'s| is) (?:the |today's )?(?:current )?(?:date|day)(?: today| of today)?"
                            + "|(?:what|which) (?:day|date|month|year)(?: of the (?:week|month))?(?: is it"
                            + "| it is| is today| today is"
                            + "| do we have)?(?: today)?|(?:the |today's )?(?:current )?date(?: today)?"
                            + "|what(?:'s| is) today"
                            + "|what (?:the date|day today) is(?: today)?"),
            say(
                    Topic.PREVIOUS_QUESTION,
                    "(?:what was|what's|what is|repeat) my (?:previous|last|latest|prior) (?:question|message"
                            + "|request)"
                            + "|what did i (?:just )?(?:ask|say|write)(?: you)?(?: before| just now| last"
                            + "| earlier)?|what was i asking"),
            say(
                    Topic.FIRST_QUESTION,
                    "(?:what was|what is|repeat) my (?:first|very first|initial) (?:question|message|request)"
                            + "|what did i (?:ask|say)(?: you)? first"),
            say(
                    Topic.PREVIOUS_ANSWER,
                    "what did you (?:just )?(?:say|answer|reply)(?: before| just now| last)?|say that again"
                            + "|(?:what was|repeat) your (?:previous|last) (?:answer|reply|response|message)"
                            + "|repeat (?:that|your answer)|pardon"));

    private TalkWordings() {}

    private static Wording say(Topic topic, String pattern) {
        return Wording.of(pattern, new Talk(topic));
    }
}
