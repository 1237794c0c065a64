package io.dagshell.magics.display;

import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.view.MimeBundle;

/** The display of one run. */
final class OneRun implements Shown {
    private final RunStory story;
    private final DisplaySurface surface;
    private final String id;
    private volatile boolean changed;
    private boolean finished;

    OneRun(RunStory story, DisplaySurface surface, String id) {
        this.story = story;
        this.surface = surface;
        this.id = id;
    }

    static MimeBundle bundle(RunStory story) {
        RunPicture picture = story.picture();
        return MimeBundle.text(RunText.render(picture)).with(MimeBundle.HTML, RunHtml.render(picture));
    }

    @Override
    public synchronized void begin() {
        surface.show(bundle(story), id);
    }

    @Override
    public void add(RunEvent event) {
        story.add(event);
        changed = true;
    }

    @Override
    public synchronized void update(boolean clocks) {
        if (finished || !(changed || clocks)) {
            return;
        }
        changed = false;
        surface.update(bundle(story), id);
    }

    @Override
    public synchronized void finished() {
        finished = true;
        surface.update(bundle(story), id);
    }
}
