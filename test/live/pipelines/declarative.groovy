// Evaluates a Jenkinsfile with the Groovy that Jenkins uses, and with nothing but Declarative Pipeline's own sections in
// reach: a section in the wrong place, a missing one or a step that nobody declares is an error, as it is in Jenkins'
// own linter. Prints the stages with their conditions and steps as JSON. Commands are recorded, and none is run.
import groovy.json.JsonOutput
import org.codehaus.groovy.control.CompilerConfiguration

class Invalid extends RuntimeException {
    Invalid(String message) { super(message) }
}

/** A section: which names may stand in it, and what each of them does with its arguments. */
class Section {
    String path
    Map<String, Closure> known
    Map<String, Integer> seen = [:].withDefault { 0 }

    def invokeMethod(String name, arguments) {
        def handler = known[name]
        if (handler == null) throw new Invalid("${path}: ${name} may not stand here; known are ${known.keySet().sort().join(', ')}")
        seen[name]++
        handler.call(*(arguments as List))
    }

    def getProperty(String name) {
        if (name in ['path', 'known', 'seen']) return this.@"$name"
        if (name == 'any' || name == 'none') return name
        throw new MissingPropertyException(name, Section)
    }

    /** Declarative's `environment { NAME = 'value' }`. */
    void setProperty(String name, value) {
        def handler = known['=']
        if (handler == null) throw new Invalid("${path}: nothing may be assigned here")
        handler.call(name, value)
    }
}

Section enter(String path, Map<String, Closure> known, Closure body, List<String> required = []) {
    def section = new Section(path: path, known: known)
    body.delegate = section
    body.resolveStrategy = Closure.DELEGATE_FIRST
    body.call()
    required.each { if (section.seen[it] != 1) throw new Invalid("${path}: needs ${it}, once") }
    section
}

def parameters = [:]
def stages = []

def steps(String path, Closure body, List recorded) {
    def nested = { Object[] arguments -> steps(path, arguments.last() as Closure, recorded) }
    def noted = { String name -> { Object[] arguments -> recorded << [(name): arguments.length == 1 && arguments[0] instanceof CharSequence ? arguments[0].toString() : 'called']; [:] } }
    enter(path, [
        sh: noted('sh'), echo: noted('echo'), input: noted('input'), checkout: noted('checkout'), cleanWs: noted('cleanWs'),
        scmGit: { Map options -> options }, string: { Map options -> options },
        dir: nested, withAWS: nested, withCredentials: nested, timeout: nested,
    ], body)
}

def stage(String path, String name, Closure body, List stages, Map parameters) {
    def entry = [name: name, when: null, steps: []]
    enter("${path}/${name}", [
        when: { Closure conditions -> enter("${path}/${name}/when", [expression: { Closure condition -> entry.when = condition }], conditions, ['expression']) },
        steps: { Closure given -> steps("${path}/${name}/steps", given, entry.steps) },
    ], body, ['steps'])
    if (entry.steps.isEmpty()) throw new Invalid("${path}/${name}: does nothing")
    if (stages.any { it.name == name }) throw new Invalid("${path}/${name}: stands twice")
    stages << entry
}

def binding = new Binding()
def source = new File(this.args[0])
def script = new GroovyShell(binding, new CompilerConfiguration()).parse(source)
def environment = [GIT_COMMIT: 'a' * 40]
binding.scm = [:]
binding.env = environment
binding.params = parameters
def nothing = { Object[] ignored -> }

script.metaClass.pipeline = { Closure body ->
    enter('pipeline', [
        agent: { given -> if (given instanceof Closure) enter('pipeline/agent', [label: nothing, docker: nothing], given) },
        options: { Closure given -> enter('pipeline/options', [timeout: nothing, disableConcurrentBuilds: nothing, timestamps: nothing, buildDiscarder: nothing, logRotator: nothing], given) },
        parameters: { Closure given ->
            enter('pipeline/parameters', [
                choice: { Map options -> parameters[options.name] = options.choices },
                string: { Map options -> parameters[options.name] = [options.defaultValue] },
                booleanParam: { Map options -> parameters[options.name] = [true, false] },
            ], given)
        },
        environment: { Closure given -> enter('pipeline/environment', ['=': { name, value -> environment[name] = value }], given) },
        stages: { Closure given -> enter('pipeline/stages', [stage: { String name, Closure stageBody -> stage('pipeline/stages', name, stageBody, stages, parameters) }], given, []) },
        post: { Closure given -> enter('pipeline/post', ['always', 'success', 'failure', 'unstable', 'aborted'].collectEntries { [(it): { Closure condition -> steps("pipeline/post/${it}", condition, []) }] }, given) },
    ], body, ['agent', 'stages'])
}

try {
    script.run()
    if (stages.isEmpty()) throw new Invalid('pipeline: has no stages')
    // Which stages run for each choice of each parameter.
    def runs = [:]
    (parameters.ENVIRONMENT ?: ['']).each { choice ->
        binding.params = [*: parameters.collectEntries { name, choices -> [(name): choices[0]] }, ENVIRONMENT: choice]
        runs[choice] = stages.findAll { it.when == null || it.when.call() }*.name
    }
    println JsonOutput.toJson([parameters: parameters, environment: environment, stages: stages.collect { [name: it.name, steps: it.steps] }, runs: runs])
} catch (Invalid | MissingPropertyException | MissingMethodException error) {
    System.err.println(error.message)
    System.exit(1)
}
