/// The models that can be asked, as the environment configures them.
@NullMarked
package dev.dwata.agent.provider;

import org.jspecify.annotations.NullMarked;
