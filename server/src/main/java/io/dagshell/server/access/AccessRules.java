package io.dagshell.server.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every route of the server with who may use it: the one place that decides. A route that is not here is nobody's. Lines
 * are: who, method, path, and of what changes something its name in the audit log and the place, parameter or field that
 * says what it was done to. Immutable.
 */
public final class AccessRules {
    private static final String TABLE = """
            anyone     GET    /health
            anyone     GET    /assets/{file}
            anyone     GET    /login
            anyone     POST   /login
            self       POST   /logout                                     logout
            self       GET    /account
            self       POST   /account/password                           password.change
            see        GET    /metrics

            see        GET    /
            see        GET    /start/live
            see        GET    /runs
            see        GET    /runs/live
            see        GET    /runs/{run}
            see        GET    /runs/{run}/live
            see        GET    /runs/{run}/artifacts
            see        GET    /runs/{run}/tasks/{ordinal}
            see        GET    /runs/{run}/tasks/{ordinal}/live
            see        GET    /runs/{run}/artifacts/{ordinal}/{name}
            see        GET    /runs/{run}/planned
            see        GET    /runs/{run}/logs
            see        GET    /runs/{run}/log.txt
            operate    POST   /runs/{run}/cancel                          run.cancel            run
            operate    POST   /runs/{run}/retry                           run.retry             run
            operate    POST   /runs/{run}/resume                          run.resume            run
            operate    POST   /runs/{run}/pause                           run.pause             run
            operate    POST   /runs/{run}/approve                         run.approve           run
            operate    POST   /runs/{run}/reject                          run.reject            run
            see        GET    /flows
            see        GET    /flows/live
            see        GET    /flows/{flow}
            see        GET    /deployments
            see        GET    /deployments/live
            see        GET    /deployment
            operate    GET    /deployment/run
            operate    POST   /deployment/run                             run.order             name
            operate    POST   /deployment/pause                           deployment.pause      name
            administer POST   /deployment/rollback                        deployment.rollback   name
            administer POST   /deployment/delete                          deployment.delete     name
            administer GET    /deployment/edit
            administer POST   /deployment/edit                            deployment.edit       name
            operate    POST   /deployment/schedule                        schedule.set          name
            operate    POST   /deployment/schedule/active                 schedule.activate     id
            operate    POST   /deployment/schedule/remove                 schedule.remove       id
            operate    GET    /deployment/backfill
            operate    POST   /deployment/backfill                        backfill.begin        name
            see        GET    /backfill
            see        GET    /backfill/live
            operate    POST   /backfill/change                            backfill.change       id
            operate    POST   /backfill/cancel                            backfill.cancel       id
            see        GET    /queues
            see        GET    /queues/live
            administer POST   /queues                                     queue.set             name
            administer POST   /queues/limit                               limit.set             tag
            administer POST   /queues/limit/remove                        limit.remove          tag
            see        GET    /alerts
            see        GET    /alerts/live
            administer GET    /alerts/edit
            administer POST   /alerts                                     alert.set             name
            administer POST   /alerts/switch                              alert.set             name
            administer POST   /alerts/test                                alert.test            name
            administer POST   /alerts/remove                              alert.remove          name
            see        GET    /blocks
            administer GET    /blocks/new/{type}
            administer GET    /blocks/{name}
            administer POST   /blocks                                     block.set             name
            administer POST   /blocks/{name}/test                         block.test            name
            administer POST   /blocks/{name}/remove                       block.remove          name
            administer GET    /users
            administer POST   /users                                      user.add              name
            administer POST   /users/role                                 user.role             name
            administer POST   /users/active                               user.active           name
            administer POST   /users/password                             user.password         name
            administer POST   /users/remove                               user.delete           name
            administer GET    /tokens
            administer POST   /tokens                                     token.create          name
            administer POST   /tokens/revoke                              token.revoke          name
            administer GET    /audit

            see        GET    /api
            fetch      GET    /api/openapi.json
            see        GET    /api/events
            see        GET    /api/runs
            see        GET    /api/runs/{run}
            see        GET    /api/runs/{run}/events
            see        GET    /api/runs/{run}/logs
            operate    POST   /api/runs/{run}/cancel                      run.cancel            run
            operate    POST   /api/runs/{run}/retry                       run.retry             run
            operate    POST   /api/runs/{run}/resume                      run.resume            run
            operate    POST   /api/runs/{run}/pause                       run.pause             run
            see        GET    /api/approvals
            operate    POST   /api/runs/{run}/approve                     run.approve           run
            operate    POST   /api/runs/{run}/reject                      run.reject            run
            administer POST   /api/deployments                            deployment.apply
            administer POST   /api/deployments/check
            see        GET    /api/deployments
            see        GET    /api/deployments/{name}
            administer PATCH  /api/deployments/{name}                     deployment.edit       name
            administer DELETE /api/deployments/{name}                     deployment.delete     name
            see        GET    /api/deployments/{name}/versions
            fetch      GET    /api/deployments/{name}/versions/{version}/files/{file}
            administer POST   /api/deployments/{name}/rollback            deployment.rollback   name
            operate    POST   /api/deployments/{name}/pause               deployment.pause      name
            operate    POST   /api/deployments/{name}/runs                run.order             name
            see        GET    /api/deployments/{name}/schedules
            operate    POST   /api/deployments/{name}/schedules           schedule.set          name
            see        GET    /api/schedules/{schedule}
            operate    PUT    /api/schedules/{schedule}                   schedule.set          schedule
            operate    DELETE /api/schedules/{schedule}                   schedule.remove       schedule
            operate    POST   /api/schedules/{schedule}/activate          schedule.activate     schedule
            operate    POST   /api/deployments/{name}/backfills           backfill.begin        name
            operate    POST   /api/deployments/{name}/backfills/preview
            see        GET    /api/deployments/{name}/backfills
            see        GET    /api/backfills
            see        GET    /api/backfills/{backfill}
            see        GET    /api/backfills/{backfill}/instants
            operate    PATCH  /api/backfills/{backfill}                   backfill.change       backfill
            operate    POST   /api/backfills/{backfill}/cancel            backfill.cancel       backfill
            see        GET    /api/queues
            administer PUT    /api/queues/{queue}                         queue.set             queue
            see        GET    /api/limits
            administer PUT    /api/limits/{tag}                           limit.set             tag
            administer DELETE /api/limits/{tag}                           limit.remove          tag
            see        GET    /api/agents
            see        GET    /api/alerts
            administer PUT    /api/alerts/{alert}                         alert.set             alert
            administer DELETE /api/alerts/{alert}                         alert.remove          alert
            administer POST   /api/alerts/{alert}/test                    alert.test            alert
            see        GET    /api/alert-messages
            administer POST   /api/libraries/missing
            fetch      GET    /api/libraries/{sha256}/{file}
            administer PUT    /api/libraries/{sha256}/{file}              library.put           file
            serve      POST   /api/agents/{agent}/poll
            serve      POST   /api/agents/{agent}/renew
            serve      POST   /api/agents/{agent}/runs/{run}/begin
            serve      POST   /api/agents/{agent}/runs/{run}/events
            serve      POST   /api/agents/{agent}/runs/{run}/finish
            administer GET    /api/users
            administer POST   /api/users                                  user.add
            administer PATCH  /api/users/{user}                           user.change           user
            administer PUT    /api/users/{user}/password                  user.password         user
            administer DELETE /api/users/{user}                           user.delete           user
            administer GET    /api/tokens
            administer POST   /api/tokens                                 token.create
            administer DELETE /api/tokens/{token}                         token.revoke          token
            administer GET    /api/audit
            """;

    private static final List<AccessRule> ALL =
            TABLE.lines().filter(line -> !line.isBlank()).map(AccessRule::parse).toList();
    private static final Map<String, AccessRule> BY_ROUTE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(AccessRules::route, Function.identity()));

    private AccessRules() {}

    /** All, in the table's order. */
    public static List<AccessRule> all() {
        return ALL;
    }

    /** The rule of a route as it was added; empty if it is nobody's. */
    public static Optional<AccessRule> find(String method, String path) {
        return Optional.ofNullable(BY_ROUTE.get(method + " " + path));
    }

    private static String route(AccessRule rule) {
        return rule.method() + " " + rule.path();
    }
}
