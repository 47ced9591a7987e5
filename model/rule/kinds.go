package rule

// Kinds lists every kind of rule. A new rule is its file here, its file of the
// same name in solver/encode, a case, and a line in this list and in
// encode.Encoders.
var Kinds = []Kind{
	windowKind, venueKind, lengthKind, spanKind, phaseKind, programmeKind, seatsKind, pinKind,
	heldKind, beforeKind, adjacentToKind, chairedByKind, closedDaysKind, roomsKind, teamsKind,
	interpretationKind, documentKind, dayCapKind, moderatorsKind, balanceKind, panelMixKind,
	travelBudgetKind, officerTravelKind, avoidKind, parallelKind, restKind, breaksKind, idleKind,
	nearKind, slackKind, keepKind, overlapKind, attendanceKind, timesKind, placesKind, roomSizeKind,
	oneRoomKind, sameRoomKind, sameDayKind, daysApartKind, inOrderKind, spreadKind, compactKind,
	earlyKind, pauseKind, roomChangeKind, largerRoomsKind, roomsBySizeKind, alongsideKind, nextToKind,
}
