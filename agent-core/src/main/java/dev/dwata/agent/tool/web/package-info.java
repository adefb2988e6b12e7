/// The tool that reads pages of the web, and the guard that keeps it out of private networks.
@NullMarked
package dev.dwata.agent.tool.web;

import org.jspecify.annotations.NullMarked;
