/// What runs do as events of the JDK's Flight Recorder.
@NullMarked
package dev.dwata.agent.observe.jfr;

import org.jspecify.annotations.NullMarked;
