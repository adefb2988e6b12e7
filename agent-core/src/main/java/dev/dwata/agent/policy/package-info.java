/// Who must agree to what.
@NullMarked
package dev.dwata.agent.policy;

import org.jspecify.annotations.NullMarked;
