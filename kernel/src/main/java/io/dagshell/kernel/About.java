package io.dagshell.kernel;

import java.util.List;

/**
 * What a kernel says about itself.
 *
 * @param name of the implementation
 * @param banner what consoles print first
 * @param links of the front end's help menu
 */
public record About(String name, String version, String banner, List<Link> links) {
    public About {
        links = List.copyOf(links);
    }

    /** A line of the help menu. */
    public record Link(String text, String url) {}
}
