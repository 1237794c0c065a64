package io.dagshell.engine.model;

/** What a cell declares: a task (a unit of work) or a flow (calls tasks and other flows). */
public enum Kind {
    TASK,
    FLOW
}
