package peers;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeMap;

import ${peer.package}.core.api.score.Score;
import ${peer.package}.core.api.score.ScoreExplanation;
import ${peer.package}.core.api.solver.SolutionManager;
import ${peer.package}.core.api.solver.SolverFactory;
import ${peer.package}.core.config.solver.SolverConfig;
import ${peer.package}.core.config.solver.termination.TerminationConfig;
import ${peer.package}.examples.conferencescheduling.domain.ConferenceSolution;
import ${peer.package}.examples.conferencescheduling.domain.Talk;
import ${peer.package}.examples.conferencescheduling.persistence.ConferenceSchedulingXlsxFileIO;
import ${peer.package}.examples.meetingscheduling.domain.MeetingAssignment;
import ${peer.package}.examples.meetingscheduling.domain.MeetingSchedule;
import ${peer.package}.examples.meetingscheduling.persistence.MeetingSchedulingXlsxFileIO;
import ${peer.package}.persistence.common.api.domain.solution.SolutionFileIO;

/**
 * Runs the peer's own example on its own files, with its own configuration.
 *
 * <pre>
 * solve  FORM SECONDS FOLDER FILE...  best score within the time; the solution goes to the folder
 * score  FORM FILE...                 score of the solution in each file, constraint by constraint
 * sample FORM SEED COUNT FILE         scores of random assignments, for testing our own recomputation
 * </pre>
 *
 * FORM is meetings or conference.
 */
public final class Peer {

    private static final String RESOURCES = "${peer.package}".replace('.', '/') + "/examples/";

    public static void main(String[] args) {
        boolean meetings = args[1].equals("meetings");
        switch (args[0]) {
            case "solve" -> {
                for (int i = 4; i < args.length; i++) {
                    Duration limit = Duration.ofSeconds(Long.parseLong(args[2]));
                    if (meetings) {
                        solve(limit, args[3], args[i], new MeetingSchedulingXlsxFileIO(), meetingsConfig());
                    } else {
                        solve(limit, args[3], args[i], new ConferenceSchedulingXlsxFileIO(), conferenceConfig());
                    }
                }
            }
            case "score" -> {
                for (int i = 2; i < args.length; i++) {
                    if (meetings) {
                        print(args[i], new MeetingSchedulingXlsxFileIO().read(new File(args[i])), meetingsConfig());
                    } else {
                        print(args[i], new ConferenceSchedulingXlsxFileIO().read(new File(args[i])), conferenceConfig());
                    }
                }
            }
            case "sample" -> {
                Random random = new Random(Long.parseLong(args[2]));
                for (int n = Integer.parseInt(args[3]); n > 0; n--) {
                    if (meetings) {
                        sampleMeetings(random, args[4]);
                    } else {
                        sampleTalks(random, args[4]);
                    }
                }
            }
            default -> throw new IllegalArgumentException("solve, score or sample");
        }
    }

    private static SolverConfig meetingsConfig() {
        return SolverConfig.createFromXmlResource(RESOURCES + "meetingscheduling/meetingSchedulingSolverConfig.xml");
    }

    private static SolverConfig conferenceConfig() {
        return SolverConfig.createFromXmlResource(RESOURCES + "conferencescheduling/conferenceSchedulingSolverConfig.xml");
    }

    private static <S> void solve(Duration limit, String folder, String name, SolutionFileIO<S> io, SolverConfig config) {
        config.setTerminationConfig(new TerminationConfig().withSpentLimit(limit));
        SolverFactory<S> factory = SolverFactory.create(config);
        File file = new File(name);
        S best = factory.buildSolver().solve(io.read(file));
        System.out.println(file.getName() + "\t" + explain(best, factory).getScore());
        io.write(best, new File(folder, file.getName()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> ScoreExplanation<S, ? extends Score> explain(S solution, SolverFactory<S> factory) {
        SolutionManager manager = SolutionManager.create(factory);
        return manager.explain(solution);
    }

    private static <S> void print(String name, S solution, SolverConfig config) {
        ScoreExplanation<S, ?> e = explain(solution, SolverFactory.create(config));
        System.out.println(name + "\t" + e.getScore());
        new TreeMap<>(e.getConstraintMatchTotalMap()).forEach((id, total) -> {
            if (total.getConstraintMatchCount() > 0) {
                System.out.println("\t" + total.getConstraintName() + "\t" + total.getScore());
            }
        });
    }

    private static void sampleMeetings(Random random, String name) {
        MeetingSchedule s = new MeetingSchedulingXlsxFileIO().read(new File(name));
        StringBuilder places = new StringBuilder("places");
        for (MeetingAssignment m : s.getMeetingAssignmentList()) {
            int start = random.nextInt(s.getTimeGrainList().size() - m.getMeeting().getDurationInGrains() + 1);
            int room = random.nextInt(s.getRoomList().size());
            m.setStartingTimeGrain(s.getTimeGrainList().get(start));
            m.setRoom(s.getRoomList().get(room));
            places.append(' ').append(start).append('/').append(room);
        }
        System.out.println(places);
        print("score", s, meetingsConfig());
    }

    private static void sampleTalks(Random random, String name) {
        ConferenceSolution s = new ConferenceSchedulingXlsxFileIO().read(new File(name));
        StringBuilder places = new StringBuilder("places");
        for (Talk t : s.getTalkList()) {
            var slots = new ArrayList<>(t.getTimeslotRange());
            var rooms = new ArrayList<>(t.getRoomRange());
            t.setTimeslot(slots.get(random.nextInt(slots.size())));
            t.setRoom(rooms.get(random.nextInt(rooms.size())));
            places.append(' ').append(t.getTimeslot().getId()).append('/').append(t.getRoom().getId());
        }
        System.out.println(places);
        print("score", s, conferenceConfig());
    }
}
