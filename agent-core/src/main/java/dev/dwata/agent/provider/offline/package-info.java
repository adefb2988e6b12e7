/// A model that needs neither a key nor a network: it follows rules, says so, and calls the tools it is offered
/// as any model does.
///
/// The way of a request: [Scene] (what is seen) → [Understanding] (wordings to [Intent]s) → [Planner] (the next
/// [Step]) → [Speaker] (said word by word).
@NullMarked
package dev.dwata.agent.provider.offline;

import org.jspecify.annotations.NullMarked;
