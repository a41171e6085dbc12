import type { FluentBitValues } from "../values/fluent-bit.ts";

interface Destination {
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Fluent Bit's own language. How far each file was read is kept beside the logs, so that a restart loses and
 * repeats nothing; what cannot be sent waits there too, up to 500 MB a node.
 */
export function fluentBitConfig({ cluster, host, port }: Destination): FluentBitValues["config"] {
  return {
    service: `
[SERVICE]
    Daemon                     Off
    Flush                      1
    Log_Level                  warn
    Parsers_File               /fluent-bit/etc/parsers.conf
    Parsers_File               /fluent-bit/etc/conf/custom_parsers.conf
    HTTP_Server                On
    HTTP_Listen                0.0.0.0
    HTTP_Port                  2020
    Health_Check               On
    storage.path               /var/log/fluent-bit-storage
    storage.sync               normal
    storage.backlog.mem_limit  16M
`.trimStart(),
    inputs: `
[INPUT]
    Name              tail
    Path              /var/log/containers/*.log
    multiline.parser  cri
    Tag               kube.*
    DB                /var/log/fluent-bit-tail.db
    storage.type      filesystem
    Mem_Buf_Limit     32MB
    Skip_Long_Lines   On
`.trimStart(),
    filters: `
[FILTER]
    Name                kubernetes
    Match               kube.*
    Merge_Log           On
    Merge_Log_Key       fields
    Keep_Log            Off
    K8S-Logging.Parser  On
    K8S-Logging.Exclude On
    Annotations         Off

[FILTER]
    Name    modify
    Match   kube.*
    Set     cluster ${cluster}
`.trimStart(),
    outputs: `
[OUTPUT]
    Name                es
    Match               kube.*
    Host                ${host}
    Port                ${port}
    HTTP_User           \${ELASTICSEARCH_USERNAME}
    HTTP_Passwd         \${ELASTICSEARCH_PASSWORD}
    tls                 On
    tls.verify          On
    Logstash_Format     On
    Logstash_Prefix     ${cluster}
    Replace_Dots        On
    Suppress_Type_Name  On
    Trace_Error         On
    Retry_Limit         10
    storage.total_limit_size  500M
`.trimStart(),
  };
}
