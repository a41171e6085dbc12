/** A number of seconds, minutes or hours, as HAProxy writes it. */
type Duration = `${number}${"s" | "m" | "h"}`;

/** A proxy of WebSockets in front of the pods of one headless Service. */
export interface WebsocketProxy {
  readonly listen: {
    /** For clients, such as `:8080`. */
    readonly http: string;
    /** For Prometheus, at /metrics. */
    readonly metrics: string;
  };
  /** Who answers for the Service's name: those of /etc/resolv.conf, or one by address and port. */
  readonly nameserver: "resolv.conf" | `${string}:${number}`;
  /** Whole name of the headless Service: search domains do not count here. */
  readonly service: string;
  readonly port: number;
  /** Most pods there may be, those of a rollout among them. */
  readonly mostServers: number;
  readonly healthPath: string;
  readonly maxConnections: number;
  /** How long a client without any connection is still sent to its pod. */
  readonly remember: Duration;
  /** How long an open WebSocket may be silent. */
  readonly silence: Duration;
  /** How long the load balancer's connections stay open between requests. */
  readonly keepAlive: Duration;
  /** How long open WebSockets may go on when it is asked to stop. */
  readonly drain: Duration;
}

/** Text of haproxy.cfg; every line that depends on nothing is the document's, or says why it is not. */
export function haproxyConfig(proxy: WebsocketProxy): string {
  return [global(proxy), defaults(proxy), resolvers(proxy), frontends(proxy), backend(proxy)].join("\n");
}

function global({ maxConnections, drain }: WebsocketProxy): string {
  return `global
    maxconn ${maxConnections}
    log stdout format raw local0 info
    hard-stop-after ${drain}
`;
}

function defaults({ silence, keepAlive }: WebsocketProxy): string {
  return `defaults
    mode http
    log global
    option dontlognull
    option redispatch
    retries 3
    timeout connect 5s
    timeout client 50s
    timeout server 50s
    timeout http-request 10s
    # Longer than the load balancer keeps an idle connection: it is the one that closes it, never while it sends.
    timeout http-keep-alive ${keepAlive}
    # An upgraded connection is a tunnel; the two timeouts above no longer count.
    timeout tunnel ${silence}
    # A browser that is gone without a word lets go of its server.
    timeout client-fin 30s
`;
}

/** Pods come and go: their addresses are asked for every few seconds, and one that is gone from the answer gets nothing new. */
function resolvers({ nameserver }: WebsocketProxy): string {
  return `resolvers cluster
    ${nameserver === "resolv.conf" ? "parse-resolv-conf" : `nameserver cluster ${nameserver}`}
    # Room for the addresses of all pods in one answer.
    accepted_payload_size 8192
    resolve_retries 3
    timeout resolve 2s
    timeout retry 1s
    hold valid 2s
    # A name server that is away for a moment takes no pod away.
    hold timeout 60s
    hold refused 60s
    hold nx 60s
    hold other 60s
`;
}

function frontends({ listen, healthPath }: WebsocketProxy): string {
  return `frontend websocket
    bind ${listen.http}
    option httplog
    monitor-uri ${healthPath}
    monitor fail if { nbsrv(websocket) lt 1 }
    # The load balancer speaks for its clients, and its own word is the last of the list.
    http-request set-src req.hdr_ip(x-forwarded-for,-1) if { req.hdr(x-forwarded-for) -m found }
    default_backend websocket

frontend metrics
    bind ${listen.metrics}
    no log
    http-request use-service prometheus-exporter if { path /metrics }
    http-request deny deny_status 404
`;
}

/**
 * Two things keep a client with its pod. A hash of both addresses, so that every HAProxy makes the same first choice
 * without asking the others; and a table of who went where, so that pods that come later take nobody away.
 */
function backend({ service, port, mostServers, healthPath, remember }: WebsocketProxy): string {
  return `backend websocket
    balance source
    hash-type consistent
    stick-table type ip size 200k expire ${remember}
    stick on src
    option httpchk
    http-check send meth GET uri ${healthPath} ver HTTP/1.1 hdr Host ${service}
    default-server inter 2s fall 2 rise 2 check resolvers cluster resolve-prefer ipv4 init-addr none
.if version_atleast(3.0)
    # By address, since each HAProxy has the pods in another order.
    default-server hash-key addr
.endif
    server-template pod 1-${mostServers} ${service}:${port}
`;
}
