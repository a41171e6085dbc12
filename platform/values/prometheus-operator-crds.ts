/** Keys that we set of chart prometheus-operator-crds 31.0.1 (operator v0.93.1): none, it renders every CRD by default. */
export type PrometheusOperatorCrdsValues = Readonly<Record<string, never>>;
