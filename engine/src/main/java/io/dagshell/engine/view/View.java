package io.dagshell.engine.view;

/** Port: shows values of one type. Stateless and thread-safe. */
public interface View {

    boolean shows(Object value);

    MimeBundle render(Object value);
}
