package dev.dwata.gateway.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Lists the commands.
///
/// @param others all but this one
record HelpCommand(List<Command> others) implements Command {
    private record Line(String name, String usage, String summary) {}

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String usage() {
        return "/help";
    }

    @Override
    public String summary() {
        return "show this list";
    }

    @Override
    public CommandReply run(CommandCall call) {
        List<Line> lines = Stream.concat(others.stream(), Stream.of(this))
                .map(command -> new Line(command.name(), command.usage(), command.summary()))
                .toList();
        StringBuilder text = new StringBuilder("Commands:");
        for (Line line : lines) {
            text.append("\n  %-22s %s".formatted(line.usage(), line.summary()));
        }
        return CommandReply.of(text.toString(), null, Map.of("commands", lines));
    }
}
