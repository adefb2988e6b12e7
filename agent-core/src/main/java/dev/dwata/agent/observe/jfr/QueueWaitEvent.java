package dev.dwata.agent.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.dwata.QueueWait")
@Label("Queue Wait")
@Description("A run waits for its turn")
@Category("dwata")
@StackTrace(false)
final class QueueWaitEvent extends RecordedEvent {}
